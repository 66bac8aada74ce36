package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everybody on the machine may write to the socket.
class LocalSocketFuzzTest {
  @TempDir Path folder;

  private static byte[] framed(String question) throws IOException {
    var out = new ByteArrayOutputStream();
    Frames.write(out, question.getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private byte @Nullable [] answer(byte[] sent) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.connect(UnixDomainSocketAddress.of(folder.resolve("agent.sock")));
      try {
        channel.write(ByteBuffer.wrap(sent));
        channel.shutdownOutput();
      } catch (IOException e) {
        // Hung up on before all was sent.
      }
      return Frames.read(Channels.newInputStream(channel), 1 << 20);
    }
  }

  @Test
  void whatever_is_sent_the_next_one_is_answered() throws Exception {
    var good = framed("{\"ask\":\"status\"}");
    try (var _ =
        LocalSocket.open(
            folder.resolve("agent.sock"),
            (question, _) ->
                Json.object()
                    .put("asked", question.ask())
                    .put("about", question.about())
                    .build())) {
      Fuzz.of("local-socket")
          .seeds(good, framed("{\"ask\":\"restore\",\"about\":\"claude-code\"}"))
          .refuses(IOException.class)
          .run(input -> {
            var answer = answer(input);
            if (answer != null) {
              assertInstanceOf(Json.Obj.class, JsonReader.read(answer, JsonLimits.OWN));
            }
          });
      var answer = answer(good);
      assertEquals(
          "{\"asked\":\"status\",\"about\":\"\"}",
          answer == null ? null : new String(answer, StandardCharsets.UTF_8));
    }
  }
}
