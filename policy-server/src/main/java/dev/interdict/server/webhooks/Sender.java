package dev.interdict.server.webhooks;

import dev.interdict.server.events.Event;
import dev.interdict.server.events.Links;
import dev.interdict.server.peer.Resolver;
import dev.interdict.server.store.Sealing;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Sends one event to one webhook, once. Thread-safe.
///
/// @param named hosts of `server.yaml` that may be inside
/// @param limit for one message, from the connection to the answer
public record Sender(
    Sealing sealing,
    Links links,
    Set<String> named,
    Resolver resolver,
    SSLContext tls,
    Duration limit) {
  public static final Duration LIMIT = Duration.ofSeconds(10);

  public Sender {
    named = Set.copyOf(named);
  }

  /// How it went.
  ///
  /// @param status of the answer; null where none came
  /// @param error null where the receiver took it; never holds what a receiver wrote
  public record Outcome(@Nullable Integer status, @Nullable String error) {
    /// Whether the receiver took it.
    public boolean taken() {
      return error == null;
    }
  }

  /// Sends it.
  public Outcome send(Webhook webhook, Event event, Instant now) {
    try {
      var address = Address.of(webhook, sealing);
      Destination.written(address.url(), named);
      var message = Message.of(webhook, address, event, links.of(event), now);
      var to = Destination.of(message.uri(), named, resolver);
      var answer = Post.send(to, message.headers(), message.body(), tls, limit);
      return webhook.template().isTaken(answer)
          ? new Outcome(answer.status(), null)
          : new Outcome(answer.status(), refusal(answer.status()));
    } catch (IOException | IllegalArgumentException e) {
      return new Outcome(null, why(e));
    }
  }

  /// Its kind says something where it is not the plainest.
  private static String why(Exception e) {
    var kind = e.getClass();
    var plain = kind == IOException.class || kind == IllegalArgumentException.class;
    return plain && e.getMessage() != null
        ? e.getMessage()
        : kind.getSimpleName() + ": " + e.getMessage();
  }

  private static String refusal(int status) {
    return switch (status / 100) {
      case 2 -> "the service answered " + status + " with an error code in its text";
      case 3 -> "it answered " + status + ", and redirects are not followed";
      default -> "it answered " + status;
    };
  }
}
