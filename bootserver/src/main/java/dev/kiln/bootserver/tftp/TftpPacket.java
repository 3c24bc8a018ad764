package dev.kiln.bootserver.tftp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a client can send to a server that only gives files out (RFC 1350 §5, RFC 2347). */
sealed interface TftpPacket {
  /**
   * RRQ.
   *
   * @param file 1 to 255 octets, each as one character: old boot ROMs take octets for a part of the
   *     name that are none
   * @param mode the transfer mode in lower case
   * @param options names in lower case, in the order in which they were asked for
   */
  record ReadRequest(String file, String mode, Map<String, String> options) implements TftpPacket {
    public ReadRequest {
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** Whether the name is printable ASCII, as all names of files are here. */
    boolean hasPlainName() {
      return file.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
  }

  /**
   * WRQ.
   *
   * @param file as that of RRQ
   */
  record WriteRequest(String file) implements TftpPacket {}

  /**
   * ACK.
   *
   * @param block 0 to 65535
   */
  record Acknowledgement(int block) implements TftpPacket {}

  /** ERROR. */
  record Failure(int code, String message) implements TftpPacket {}
}
