package dev.interdict.agent.guard;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/// Answers the people of this machine, one question a connection: how things stand, and please give
/// this back. Who asks is what the kernel says of the other end, not what it claims. One thread,
/// each caller bounded in bytes and time.
final class LocalSocket implements AutoCloseable {
  private static final int MOST_QUESTION = 4 << 10;
  private static final int PATIENCE_SECONDS = 5;
  private static final JsonLimits LIMITS = JsonLimits.OWN.withBytes(MOST_QUESTION);

  private final Path path;
  private final ServerSocketChannel server;
  private final Answers answers;

  /// Gives the answer to a question. Seam.
  @FunctionalInterface
  interface Answers {
    /// @param user the account that asks, from the kernel
    /// @param about what the question is about, or an empty text
    Json answer(String ask, String about, String user) throws IOException;
  }

  private LocalSocket(Path path, ServerSocketChannel server, Answers answers) {
    this.path = path;
    this.server = server;
    this.answers = answers;
  }

  /// Listens at `path`, in place of a socket that a guard before left behind.
  static LocalSocket open(Path path, Answers answers) throws IOException {
    Files.deleteIfExists(path);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen at " + path + ": " + e.getMessage(), e);
    }
    var socket = new LocalSocket(path, server, answers);
    Thread.ofPlatform().name("local-socket").daemon().start(socket::serve);
    return socket;
  }

  private void serve() {
    while (server.isOpen()) {
      try (var caller = server.accept()) {
        // A caller that says nothing is hung up on; the thread is there for the next one.
        var patience = CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        var hangUp = CompletableFuture.runAsync(() -> close(caller), patience);
        serve(caller);
        hangUp.cancel(false);
      } catch (ClosedChannelException e) {
        // We are closed, or hung up on the caller: accept decides which.
      } catch (IOException e) {
        // The caller is gone; it can ask again.
      }
    }
  }

  private void serve(SocketChannel caller) throws IOException {
    var user = user(caller);
    var question = Frames.read(Channels.newInputStream(caller), MOST_QUESTION);
    if (question == null) {
      return;
    }
    var out = Channels.newOutputStream(caller);
    Frames.write(out, JsonWriter.compact(answer(question, user)));
    out.flush();
  }

  private Json answer(byte[] question, String user) throws IOException {
    var faults = new ArrayList<Fault>();
    try {
      var fields = Fields.of(JsonReader.read(question, LIMITS), faults);
      var ask = fields.text("ask");
      var about = fields.optionalText("about");
      fields.end();
      if (faults.isEmpty()) {
        return answers.answer(ask, about == null ? "" : about, user);
      }
    } catch (JsonException e) {
      faults.add(new Fault("", String.valueOf(e.getMessage())));
    }
    return Json.object().put("error", faults.getFirst().toString()).build();
  }

  private static String user(SocketChannel caller) throws IOException {
    return caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
  }

  private static void close(SocketChannel caller) {
    try {
      caller.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
