package dev.kiln.bootserver.http;

import java.nio.file.Path;

/**
 * A file to be sent.
 *
 * @param name what the timeline calls it
 * @param size bytes
 * @param etag a strong entity tag, with its quotes (RFC 9110 section 8.8.3)
 * @param caching the value of Cache-Control
 */
record ServedFile(String name, Path path, long size, String etag, String caching) {}
