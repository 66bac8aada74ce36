package dev.interdict.agent.pipe;

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
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks the guard one question through its socket, as whoever runs this process.
///
/// @param socket in the agent's folder
/// @param patience after which an answer is no longer waited for
public record GuardClient(Path socket, Duration patience) {
  private static final int MOST_ANSWER = 4 << 20;

  /// A removal and the scan after it may come first.
  private static final Duration WHOLE_CYCLE = Duration.ofMinutes(15);

  /// One that waits as long as a cycle of the guard may take.
  public GuardClient(Path socket) {
    this(socket, WHOLE_CYCLE);
  }

  /// The answer to `ask`, a question without further values.
  ///
  /// @throws IOException if no guard answers there, with what to do; or with what it refused
  public Json.Obj ask(String ask, @Nullable String about) throws IOException {
    return ask(ask, about, Map.of());
  }

  /// The answer to `ask`.
  ///
  /// @param about a rule's or another id, where the question is about one
  /// @param with the question's further values by name
  /// @throws IOException if no guard answers there, with what to do
  /// @throws RefusedByGuardException with what the guard says, where it refuses
  public Json.Obj ask(String ask, @Nullable String about, Map<String, String> with)
      throws IOException {
    var question = Json.object().put("ask", ask).put("about", about);
    if (!with.isEmpty()) {
      var values = Json.object();
      with.forEach(values::put);
      question.put("with", values.build());
    }
    return object(exchange(JsonWriter.compact(question.build())));
  }

  private byte[] exchange(byte[] question) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    var later = CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS);
    var hangUp = CompletableFuture.runAsync(() -> close(channel), later);
    try (channel) {
      connect(channel);
      var out = Channels.newOutputStream(channel);
      Frames.write(out, question);
      out.flush();
      var frame = Frames.read(Channels.newInputStream(channel), MOST_ANSWER);
      if (frame == null) {
        throw new IOException("the guard gave no answer; is another one being started?");
      }
      return frame;
    } catch (ClosedChannelException e) {
      throw new IOException(
          "the guard at " + socket + " gave no answer within " + patience.toSeconds() + " s", e);
    } finally {
      hangUp.cancel(false);
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  private void connect(SocketChannel channel) throws IOException {
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (ClosedChannelException e) {
      throw e;
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
          throw new RefusedByGuardException(
              error, answer.get("code") instanceof Json.Text(var code) ? code : "");
        }
        return answer;
      }
    } catch (JsonException e) {
      throw new IOException("the guard's answer is not understood: " + e.getMessage(), e);
    }
    throw new IOException("the guard's answer is not understood");
  }
}
