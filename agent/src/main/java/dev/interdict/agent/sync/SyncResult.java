package dev.interdict.agent.sync;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Beacon;
import dev.interdict.report.Footing;
import dev.interdict.report.Look;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the worker brings back: claims, all of them.
///
/// @param reached whether the server answered at all
/// @param time the server's signed statement of time, as text, or null
/// @param answers the HTTP status for each request that was answered
/// @param looks who looked at this device's page, as far as the server told; at most [#MOST_LOOKS]
/// @param beacons those of the job that proved to be there
/// @param message what went wrong, for the log; empty if nothing did
public record SyncResult(
    boolean reached,
    @Nullable String time,
    List<Answer> answers,
    List<Look> looks,
    List<Beacon> beacons,
    String message) {
  /// Most looks that are taken from one run.
  static final int MOST_LOOKS = 100;

  public SyncResult {
    beacons = List.copyOf(beacons);
    answers = List.copyOf(answers);
    looks = List.copyOf(looks);
  }

  /// One in which the server told of nobody who looked, and no beacon was seen.
  public SyncResult(boolean reached, @Nullable String time, List<Answer> answers, String message) {
    this(reached, time, answers, List.of(), List.of(), message);
  }

  /// The server's answer to one request.
  ///
  /// @param retryAfter in how many seconds the server asks to come again; 0 if it does not
  /// @param expected the sequence that the server says the next report is to have; 0 if it says
  ///   none
  public record Answer(long sequence, int status, int retryAfter, long expected) {
    /// One in which the server does not say how the device goes on.
    public Answer(long sequence, int status, int retryAfter) {
      this(sequence, status, retryAfter, 0);
    }
  }

  /// No answer of any kind.
  public static SyncResult unreached(String message) {
    return new SyncResult(false, null, List.of(), message);
  }

  SyncResult with(List<Beacon> seen) {
    return new SyncResult(reached, time, answers, looks, seen, message);
  }

  byte[] write() {
    var answers = new ArrayList<Json>();
    for (var answer : this.answers) {
      answers.add(
          Json.object()
              .put("sequence", answer.sequence())
              .put("status", answer.status())
              .put("retry-after", answer.retryAfter())
              .put("expected", answer.expected())
              .build());
    }
    return JsonWriter.compact(
        Json.object()
            .put("reached", reached)
            .put("time", time)
            .put("answers", answers)
            .put("looks", looks.stream().map(Look::json).toList())
            .put("beacons", beacons.stream().<Json>map(Beacon::json).toList())
            .put("message", message.isBlank() ? null : message)
            .build());
  }

  static SyncResult read(byte[] frame) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(frame, JsonLimits.OWN), faults);
    var message = fields.optionalText("message");
    var result =
        new SyncResult(
            fields.flag("reached", false),
            fields.optionalText("time"),
            fields.list("answers", (item, at) -> readAnswer(Fields.of(item, at, faults))),
            Look.list(fields, MOST_LOOKS, faults),
            fields.list("beacons", (item, at) -> Beacon.read(Fields.of(item, at, faults))),
            message == null ? "" : message);
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("result not understood: " + faults.getFirst());
    }
    return result;
  }

  private static Answer readAnswer(Fields fields) {
    var answer =
        new Answer(
            fields.integer("sequence", 0, Long.MAX_VALUE),
            (int) fields.integer("status", 100, 599),
            (int) fields.integer("retry-after", 0, 86_400),
            fields.optionalInteger("expected", 0, Footing.MOST_VERSION, 0));
    fields.end();
    return answer;
  }
}
