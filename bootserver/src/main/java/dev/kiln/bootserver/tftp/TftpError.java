package dev.kiln.bootserver.tftp;

/** The error codes of RFC 1350 §5 that are sent here. */
enum TftpError {
  NOT_DEFINED(0),
  FILE_NOT_FOUND(1),
  ACCESS_VIOLATION(2),
  ILLEGAL_OPERATION(4),
  UNKNOWN_TRANSFER(5);

  private final int code;

  TftpError(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
