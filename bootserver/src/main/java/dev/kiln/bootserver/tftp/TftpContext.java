package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.admission.Budgets;
import dev.kiln.bootserver.net.DatagramLoop;

/**
 * What all sessions of one server share.
 *
 * @param settings what the server is told
 * @param source the files
 * @param budgets how many packets are taken at the server's port
 * @param loop the thread of all sockets and of all state
 * @param timeline takes the events
 * @param metrics takes the counts
 */
record TftpContext(
    TftpSettings settings,
    FileSource source,
    Budgets budgets,
    DatagramLoop loop,
    TftpTimeline timeline,
    TftpMetrics metrics) {}
