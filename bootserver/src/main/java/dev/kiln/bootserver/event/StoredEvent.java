package dev.kiln.bootserver.event;

/**
 * An event that is durable.
 *
 * @param number its place in the order in which events were recorded; never given twice
 */
public record StoredEvent(long number, Event event) {}
