package dev.kiln.lab.ssh;

/**
 * Who logs in.
 *
 * @param user on the machine
 * @param key whose public half the user's {@code authorized_keys} has
 */
public record Login(String user, LabKey key) {}
