package dev.kiln.builder.fetch;

import dev.kiln.builder.fetch.FailedAttempt.Reason;
import dev.kiln.failure.KilnException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Reads {@code file:} addresses: a mounted medium or a mirror on this machine. */
final class FileSource implements Source {
  @Override
  public Body open(URI address, long from) throws FailedAttempt {
    Path file = Path.of(address.getPath());
    if (Files.notExists(file)) {
      throw new FailedAttempt(Reason.ABSENT, "there is no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new FailedAttempt(Reason.REFUSED, "is no file that can be read");
    }
    try {
      SeekableByteChannel channel = Files.newByteChannel(file);
      long begin = from <= channel.size() ? from : 0;
      channel.position(begin);
      return new Body(Channels.newInputStream(channel), begin, OptionalLong.of(channel.size()));
    } catch (IOException e) {
      throw new FailedAttempt(Reason.REFUSED, "cannot be read: " + KilnException.reason(e), e);
    }
  }
}
