package dev.interdict.agent.state;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.offline.Challenge;
import dev.interdict.policy.RuleId;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What the guard remembers of one-time codes, in one file that is replaced whole: that a code was
/// used and that it exempts are one write, so neither is ever on disk without the other.
///
/// @param open challenges that somebody may still be reading out
/// @param used codes that were taken, the oldest first
public record CodeBook(List<Open> open, List<Used> used) {
  /// Of a machine with very many people and rules.
  public static final int MOST_OPEN = 64;

  /// Used codes that are remembered, so that their nonces are not drawn again.
  public static final int MOST_USED = 256;

  public static final CodeBook EMPTY = new CodeBook(List.of(), List.of());

  private static final int MOST_BYTES = 256 << 10;
  private static final long MOST_MILLIS = 1L << 52;
  private static final int MOST_COUNT = 1_000_000;

  public CodeBook {
    open = List.copyOf(open);
    used = List.copyOf(used.subList(Math.max(0, used.size() - MOST_USED), used.size()));
  }

  /// A challenge of one person for one rule.
  ///
  /// @param since the device's awake time in all when this person was first shown one
  /// @param drawn how many were drawn since then
  /// @param wrong how many wrong codes were typed since then
  public record Open(RuleId rule, String person, int nonce, Duration since, int drawn, int wrong) {}

  /// A code that was taken.
  ///
  /// @param term the rule's effective date that was spoken of
  public record Used(
      RuleId rule, String person, int nonce, Instant term, Instant at, Instant until) {}

  /// What stands in `file`. Where it is damaged it is set aside: what it granted is then told by
  /// the server's signed exemptions or ends, and an end starts a fresh minimum notice.
  ///
  /// @throws IOException if it is there and can neither be read nor set aside
  public static CodeBook load(Path file) throws IOException {
    var bytes = DurableFile.read(file, MOST_BYTES);
    if (bytes == null) {
      return EMPTY;
    }
    try {
      return read(bytes);
    } catch (JsonException e) {
      Files.move(
          file,
          file.resolveSibling(file.getFileName() + ".damaged"),
          StandardCopyOption.REPLACE_EXISTING);
      return EMPTY;
    }
  }

  static CodeBook read(byte[] bytes) throws JsonException {
    if (bytes.length > MOST_BYTES) {
      throw new JsonException("more than " + MOST_BYTES + " bytes");
    }
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(JsonReader.read(bytes, JsonLimits.OWN), faults);
    var open = fields.list("open", (item, at) -> open(Fields.of(item, at, faults)));
    var used = fields.list("used", (item, at) -> used(Fields.of(item, at, faults)));
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException(faults.getFirst().toString());
    }
    return new CodeBook(open, used);
  }

  private static Open open(Fields fields) {
    var one =
        new Open(
            rule(fields),
            fields.text("person"),
            nonce(fields),
            Duration.ofMillis(fields.integer("since", 0, MOST_MILLIS)),
            (int) fields.integer("drawn", 0, MOST_COUNT),
            (int) fields.integer("wrong", 0, MOST_COUNT));
    fields.end();
    return one;
  }

  private static Used used(Fields fields) {
    var one =
        new Used(
            rule(fields),
            fields.text("person"),
            nonce(fields),
            instant(fields, "term"),
            instant(fields, "at"),
            instant(fields, "until"));
    fields.end();
    return one;
  }

  private static RuleId rule(Fields fields) {
    return fields.parsed("rule", RuleId::new, new RuleId("unreadable"));
  }

  private static int nonce(Fields fields) {
    return (int) fields.integer("nonce", 0, Challenge.NONCES - 1);
  }

  private static Instant instant(Fields fields, String name) {
    return Instant.ofEpochMilli(fields.integer(name, 0, MOST_MILLIS));
  }

  /// Writes it down; on disk when this returns.
  public void save(Path file) throws IOException {
    DurableFile.write(file, write());
  }

  byte[] write() {
    return JsonWriter.compact(
        Json.object()
            .put("open", open.stream().map(CodeBook::written).toList())
            .put("used", used.stream().map(CodeBook::written).toList())
            .build());
  }

  private static Json written(Open one) {
    return Json.object()
        .put("rule", one.rule().value())
        .put("person", one.person())
        .put("nonce", one.nonce())
        .put("since", one.since().toMillis())
        .put("drawn", one.drawn())
        .put("wrong", one.wrong())
        .build();
  }

  private static Json written(Used one) {
    return Json.object()
        .put("rule", one.rule().value())
        .put("person", one.person())
        .put("nonce", one.nonce())
        .put("term", one.term().toEpochMilli())
        .put("at", one.at().toEpochMilli())
        .put("until", one.until().toEpochMilli())
        .build();
  }
}
