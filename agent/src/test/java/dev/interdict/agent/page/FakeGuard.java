package dev.interdict.agent.page;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Answers as the guard does, at a socket of its own, with what it was given to say.
final class FakeGuard implements AutoCloseable {
  private final ServerSocketChannel server;
  final Map<String, String> answers = new ConcurrentHashMap<>();
  final List<String> asked = new CopyOnWriteArrayList<>();

  FakeGuard(Path socket) throws IOException {
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    answers.put("status", Samples.status(Samples.waiting("Claude Code")));
    answers.put("held", Samples.HELD);
    answers.put("my-data", Samples.DATA);
    Thread.ofPlatform().daemon().start(this::serve);
  }

  private void serve() {
    while (server.isOpen()) {
      try (var caller = server.accept()) {
        var frame = Frames.read(Channels.newInputStream(caller), 8 << 10);
        if (frame != null
            && JsonReader.read(frame, JsonLimits.OWN) instanceof Json.Obj question
            && question.get("ask") instanceof Json.Text(var verb)) {
          asked.add(new String(JsonWriter.compact(question), StandardCharsets.UTF_8));
          var answer = answers.getOrDefault(verb, "{\"done\":true}");
          Frames.write(Channels.newOutputStream(caller), answer.getBytes(StandardCharsets.UTF_8));
        }
      } catch (IOException | JsonException e) {
        // The asker is gone, or we are closed.
      }
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
