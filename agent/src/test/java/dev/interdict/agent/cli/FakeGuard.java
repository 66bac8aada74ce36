package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.Frames;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A guard's socket that answers each question by its verb and keeps the questions.
final class FakeGuard implements AutoCloseable {
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final ServerSocketChannel server;
  private final Map<String, String> answers;
  private final String otherwise;

  /// One that gives every caller the same answer.
  FakeGuard(Path state, String answer) throws IOException {
    this(state, Map.of(), answer);
  }

  /// @param answers by verb
  FakeGuard(Path state, Map<String, String> answers, String otherwise) throws IOException {
    this.answers = Map.copyOf(answers);
    this.otherwise = otherwise;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(state.resolve("agent.sock")));
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    while (server.isOpen()) {
      try (var caller = server.accept()) {
        var question = Frames.read(Channels.newInputStream(caller), 1 << 16);
        var text = question == null ? "" : new String(question, StandardCharsets.UTF_8);
        asked.add(text);
        Frames.write(
            Channels.newOutputStream(caller), answer(text).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The test is over, or the caller is gone.
      }
    }
  }

  private String answer(String question) {
    return answers.entrySet().stream()
        .filter(one -> question.contains("{\"ask\":\"" + one.getKey() + "\""))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(otherwise);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
