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
import java.util.concurrent.CopyOnWriteArrayList;

/// A guard's socket that gives every caller the same answer and keeps the questions.
final class FakeGuard implements AutoCloseable {
  final List<String> asked = new CopyOnWriteArrayList<>();
  private final ServerSocketChannel server;
  private final String answer;

  FakeGuard(Path state, String answer) throws IOException {
    this.answer = answer;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(state.resolve("agent.sock")));
    Thread.ofVirtual().start(this::serve);
  }

  private void serve() {
    while (server.isOpen()) {
      try (var caller = server.accept()) {
        var question = Frames.read(Channels.newInputStream(caller), 1 << 16);
        asked.add(question == null ? "" : new String(question, StandardCharsets.UTF_8));
        Frames.write(Channels.newOutputStream(caller), answer.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // The test is over, or the caller is gone.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
