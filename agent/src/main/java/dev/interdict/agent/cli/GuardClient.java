package dev.interdict.agent.cli;

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
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Asks the guard one question through its socket.
///
/// @param socket in the agent's folder
record GuardClient(Path socket) {
  private static final int MOST_ANSWER = 4 << 20;

  /// The answer to `ask`.
  ///
  /// @throws IOException if no guard answers there, with what to do
  Json.Obj ask(String ask, @Nullable String about) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      connect(channel);
      var out = Channels.newOutputStream(channel);
      Frames.write(
          out, JsonWriter.compact(Json.object().put("ask", ask).put("about", about).build()));
      out.flush();
      var frame = Frames.read(Channels.newInputStream(channel), MOST_ANSWER);
      if (frame == null) {
        throw new IOException("the guard gave no answer; is another one being started?");
      }
      return object(frame);
    }
  }

  private void connect(SocketChannel channel) throws IOException {
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      throw new IOException(
          "no guard answers at " + socket + "; start it with: interdict-agent guard", e);
    }
  }

  private static Json.Obj object(byte[] frame) throws IOException {
    try {
      if (JsonReader.read(frame, JsonLimits.OWN.withBytes(MOST_ANSWER))
          instanceof Json.Obj answer) {
        if (answer.get("error") instanceof Json.Text(var error)) {
          throw new IOException(error);
        }
        return answer;
      }
    } catch (JsonException e) {
      throw new IOException("the guard's answer is not understood: " + e.getMessage(), e);
    }
    throw new IOException("the guard's answer is not understood");
  }
}
