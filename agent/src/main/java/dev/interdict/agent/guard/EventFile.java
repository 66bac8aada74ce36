package dev.interdict.agent.guard;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Appends each event as one line of JSON, for whoever supervises the guard.
///
/// @param file created where there is none
public record EventFile(Path file) implements Events {
  private static final Logger LOG = LoggerFactory.getLogger(EventFile.class);

  @Override
  public void on(Event event) {
    try {
      Files.writeString(
          file,
          JsonWriter.line(json(event)) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      // Whoever supervises is told less; the guard goes on.
      LOG.atWarn().addKeyValue("why", e.getClass().getSimpleName()).log("event not written");
    }
  }

  static Json json(Event event) {
    return switch (event) {
      case Event.PolicyTaken e ->
          of("policy-taken").put("serial", e.serial()).put("rules", e.rules()).build();
      case Event.PolicyProblem e ->
          of("policy-problem")
              .put("problem", Fields.written(e.problem()))
              .put("message", e.message())
              .build();
      case Event.Scanned e ->
          of("scanned")
              .put("items", e.items())
              .put("processes", e.processes())
              .put("gaps", e.gaps())
              .build();
      case Event.ScanFailed e -> of("scan-failed").put("message", e.message()).build();
      case Event.Found e ->
          of("found")
              .put("rule", e.rule().value())
              .put("source", e.source())
              .put("identity", e.identity())
              .put("version", e.version())
              .put("location", e.location())
              .build();
      case Event.Dated e ->
          of("dated")
              .put("rule", e.rule().value())
              .put("date", e.date().toString())
              .put("set-by", Fields.written(e.setBy()))
              .build();
      case Event.Told e ->
          of("told")
              .put("rule", e.rule().value())
              .put("phase", e.phase())
              .put("channel", e.channel())
              .build();
      case Event.Acted e ->
          of("acted")
              .put("rule", e.rule().value())
              .put("kind", Fields.written(e.kind()))
              .put("identity", e.identity())
              .put("error", e.error() == null ? null : Fields.written(e.error()))
              .put("detail", e.detail())
              .build();
      case Event.Prevented e ->
          of("prevented")
              .put("rule", e.rule().value())
              .put("identity", e.identity())
              .put("prevented", e.prevented())
              .put("stopped", e.stopped())
              .build();
      case Event.LetThrough e -> of("let-through").put("times", e.times()).build();
      case Event.Arrived e ->
          of("arrived")
              .put("rule", e.rule().value())
              .put("location", e.location())
              .put("cause", e.cause())
              .put("program", e.program())
              .build();
      case Event.Verified e -> of("verified").put("rule", e.rule().value()).build();
      case Event.Held e -> of("held").put("rule", e.rule().value()).put("why", e.why()).build();
      case Event.Reported e -> of("reported").put("sequence", e.sequence()).build();
      case Event.Unchanged e -> of("unchanged").put("sequence", e.sequence()).build();
      case Event.Delivered e -> of("delivered").put("sequence", e.sequence()).build();
      case Event.Resumed e -> of("resumed").put("next", e.next()).build();
      case Event.Refused e ->
          of("refused").put("sequence", e.sequence()).put("status", e.status()).build();
    };
  }

  private static Json.Builder of(String event) {
    return Json.object().put("event", event);
  }
}
