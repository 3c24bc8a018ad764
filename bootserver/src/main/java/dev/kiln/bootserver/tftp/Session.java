package dev.kiln.bootserver.tftp;

import dev.kiln.bootserver.tftp.TftpPacket.ReadRequest;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One read request of one client, from its first packet to the end of its transfer. */
final class Session implements TransferListener {
  private static final Logger log = LoggerFactory.getLogger(Session.class);

  /** Tells the client that it gets nothing. */
  interface Refusal {
    void send(TftpError error, String message);
  }

  private final TftpContext context;
  private final InetSocketAddress peer;
  private final ReadRequest request;
  private final Refusal refusal;
  private final Consumer<Session> ended;
  private @Nullable Transfer transfer;
  private boolean abandoned;

  /**
   * A session that does nothing yet.
   *
   * @param ended is told once that the session is over
   */
  Session(
      TftpContext context,
      InetSocketAddress peer,
      ReadRequest request,
      Refusal refusal,
      Consumer<Session> ended) {
    this.context = context;
    this.peer = peer;
    this.request = request;
    this.refusal = refusal;
    this.ended = ended;
  }

  boolean isFor(ReadRequest again) {
    return request.equals(again);
  }

  void start() {
    CompletionStage<Optional<FileContent>> opening =
        CompletableFuture.supplyAsync(this::open, context.files());
    opening
        .thenAcceptAsync(this::opened, context.loop().executor())
        .whenCompleteAsync(
            (done, failure) -> {
              if (failure != null) {
                unreadable(failure);
              }
            },
            context.loop().executor());
  }

  private void opened(Optional<FileContent> found) {
    if (found.isPresent()) {
      agree(found.get());
    } else {
      refuse(TftpError.FILE_NOT_FOUND, "not-found", "there is no such boot file");
    }
  }

  private Optional<FileContent> open() {
    try {
      return context.source().open(request.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void unreadable(Throwable failure) {
    log.error("the boot file {} cannot be opened", request.file(), failure);
    refuse(TftpError.NOT_DEFINED, "unreadable", "the file cannot be read");
  }

  private void refuse(TftpError error, String result, String message) {
    context.metrics().countRequest(result);
    context.timeline().refused(peer, request.file(), message);
    refusal.send(error, message);
    ended.accept(this);
  }

  private void agree(FileContent content) {
    Agreement agreement = Agreement.of(request, content.size(), context.settings());
    BlockReader reader =
        new BlockReader(content, agreement.blockSize(), context.files(), context.loop().executor());
    InetSocketAddress any = new InetSocketAddress(context.settings().address().toInet(), 0);
    ChannelFuture opening =
        context
            .loop()
            .open(
                any,
                Optional.empty(),
                TftpDecoder.MAX_PACKET + 1,
                new ChannelInboundHandlerAdapter());
    opening.addListener(
        opened -> {
          if (opened.isSuccess()) {
            transfer(opening.channel(), agreement, reader);
          } else {
            reader.close();
            unreadable(opened.cause());
          }
        });
  }

  private void transfer(Channel socket, Agreement agreement, BlockReader reader) {
    Transfer started = new Transfer(socket, peer, agreement, reader, System::nanoTime, this);
    socket.pipeline().addLast(started);
    transfer = started;
    context.metrics().countRequest("started");
    context.timeline().started(peer, request.file(), agreement);
    if (abandoned) {
      started.abandon("the client asked for another file");
    } else {
      started.start();
    }
  }

  /** The client, at the same port, now wants something else. */
  void abandon() {
    abandoned = true;
    if (transfer != null) {
      transfer.abandon("the client asked for another file");
    }
  }

  @Override
  public void repeated() {
    context.metrics().countRepeated();
  }

  @Override
  public void dropped(String reason) {
    context.metrics().countDropped(reason);
  }

  @Override
  public void ended(TransferEnd end) {
    context.metrics().countEnd(end);
    context.timeline().ended(peer, request.file(), end);
    ended.accept(this);
  }
}
