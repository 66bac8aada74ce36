package dev.interdict.agent.platform.session;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;

/// A guard's socket that answers by verb and keeps what it was asked, and by whom.
public final class ListeningGuard implements AutoCloseable {
  private static final int MOST = 64 << 10;

  private final Path socket;
  private final ServerSocketChannel server;
  private final Map<String, String> answers;
  private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  /// One question.
  ///
  /// @param user the account that asked, from the kernel
  public record Asked(String user, String verb, String about, Map<String, String> with) {}

  /// @param answers by verb; one that is missing is answered `{"done":true}`
  public ListeningGuard(Path socket, Map<String, String> answers) throws IOException {
    this.socket = socket;
    this.answers = Map.copyOf(answers);
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw-rw-"));
    Thread.ofVirtual().start(this::serve);
  }

  /// Where it listens.
  public Path socket() {
    return socket;
  }

  /// The next question.
  ///
  /// @throws AssertionError if none comes
  public Asked next() throws InterruptedException {
    var next = asked.poll(60, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nobody asked");
    }
    return next;
  }

  /// What was asked and not yet taken.
  public List<Asked> all() {
    return List.copyOf(asked);
  }

  private void serve() {
    while (server.isOpen()) {
      try (var caller = server.accept()) {
        var user = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
        var frame = Frames.read(Channels.newInputStream(caller), MOST);
        var question = question(user, frame == null ? new byte[0] : frame);
        asked.add(question);
        var answer = answers.getOrDefault(question.verb(), "{\"done\":true}");
        Frames.write(Channels.newOutputStream(caller), answer.getBytes(StandardCharsets.UTF_8));
      } catch (IOException | JsonException e) {
        // The test is over, or the caller is gone.
      }
    }
  }

  private static Asked question(String user, byte[] frame) throws JsonException {
    var with = new TreeMap<String, String>();
    if (!(JsonReader.read(frame, JsonLimits.OWN) instanceof Json.Obj object)) {
      throw new JsonException("no object");
    }
    if (object.get("with") instanceof Json.Obj values) {
      values.members().forEach((name, value) -> with.put(name, text(value)));
    }
    return new Asked(user, text(object.get("ask")), text(object.get("about")), with);
  }

  private static String text(@Nullable Json value) {
    return value instanceof Json.Text(var text) ? text : "";
  }

  /// Nobody finds the socket from here on: a thread that is about to accept may still do so after
  /// its channel was closed.
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(socket);
    server.close();
  }
}
