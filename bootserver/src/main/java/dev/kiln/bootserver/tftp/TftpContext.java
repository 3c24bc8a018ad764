package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.net.DatagramLoop;
import java.util.concurrent.Executor;

/**
 * What all sessions of one server share.
 *
 * @param settings what the server is told
 * @param source the files
 * @param loop the thread of all sockets and of all state
 * @param files runs what may block on a disk
 * @param timeline takes the events
 * @param metrics takes the counts
 */
record TftpContext(
    TftpSettings settings,
    FileSource source,
    DatagramLoop loop,
    Executor files,
    TftpTimeline timeline,
    TftpMetrics metrics) {}
