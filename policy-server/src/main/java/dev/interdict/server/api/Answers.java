package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.http.HttpResponse;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What answers have in common.
final class Answers {
  /// A rule in a path.
  static final Parameter RULE = Parameter.path("rule", Schema.text(100), "The rule's id.");

  /// A device in a path.
  static final Parameter DEVICE = Parameter.path("device", Schema.text(100), "The device's id.");

  /// How many devices count as what.
  static final Schema.Named STATES =
      Schema.named(
          "States",
          Arrays.stream(Status.values())
              .map(status -> Schema.needs(status.word(), Schema.count()))
              .toArray(Schema.Member[]::new));

  private Answers() {}

  static Json states(Counts counts) {
    var states = Json.object();
    for (var status : Status.values()) {
      states.put(status.word(), counts.get(status));
    }
    return states.build();
  }

  static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }

  /// An answer about one version of something.
  static HttpResponse tagged(int status, Json body, String tag) {
    return HttpResponse.json(status, body).with("ETag", tag);
  }

  static String tag(long version) {
    return "\"" + version + "\"";
  }
}
