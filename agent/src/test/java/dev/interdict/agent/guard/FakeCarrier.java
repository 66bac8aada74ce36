package dev.interdict.agent.guard;

import dev.interdict.agent.sync.SyncJob;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.json.JsonException;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.trust.TimeStatement;
import dev.interdict.trust.keys.Signer;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A worker and the server behind it: brings the whole repository, keeps the reports, and lies as
/// told.
final class FakeCarrier implements Carrier {
  final List<SyncJob> jobs = new ArrayList<>();
  final List<byte[]> stored = new ArrayList<>();
  boolean reachable = true;

  /// What the server answers to a report, by its sequence.
  java.util.function.LongToIntFunction status = _ -> 204;

  /// What the worker makes of the honest result.
  UnaryOperator<SyncResult> lie = UnaryOperator.identity();

  /// What it answers to a heartbeat.
  int heartbeats = 412;

  /// The heartbeats that it took.
  final List<byte[]> beats = new ArrayList<>();

  /// In how many seconds it says to come again.
  int again;

  /// Done to the stage after the files were brought.
  Staging meddle = _ -> {};

  UnaryOperator<byte[]> nonce = UnaryOperator.identity();
  Path repository;
  private final Path stage;
  Signer timeKey;

  /// What the server states.
  Supplier<Instant> stated;

  /// Changes what was staged.
  @FunctionalInterface
  interface Staging {
    void at(Path stage) throws IOException;
  }

  FakeCarrier(Path repository, Path stage, Signer timeKey, Supplier<Instant> stated) {
    this.repository = repository;
    this.stage = stage;
    this.timeKey = timeKey;
    this.stated = stated;
  }

  @Override
  public SyncResult carry(SyncJob job, List<byte[]> bodies) {
    jobs.add(job);
    if (!reachable) {
      return SyncResult.unreached("connection refused");
    }
    try {
      bring();
      meddle.at(stage);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var answers = new ArrayList<SyncResult.Answer>();
    for (var i = 0; i < bodies.size(); i++) {
      var sequence = job.posts().get(i).sequence();
      var beats = job.posts().get(i).path().equals(Routes.HEARTBEAT);
      var answer = beats ? heartbeats : status.applyAsInt(sequence);
      if (answer == 204) {
        (beats ? this.beats : stored).add(bodies.get(i));
      }
      answers.add(new SyncResult.Answer(sequence, answer, again));
    }
    var asked = nonce.apply(HexFormat.of().parseHex(job.nonce()));
    var time =
        new String(
            TimeStatement.sign(asked, stated.get(), timeKey),
            java.nio.charset.StandardCharsets.UTF_8);
    return lie.apply(new SyncResult(true, time, answers, ""));
  }

  Report last() {
    try {
      return ReportJson.read(stored.getLast());
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }

  private void bring() throws IOException {
    if (Files.exists(stage)) {
      try (var walk = Files.walk(stage)) {
        for (var file : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    try (var walk = Files.walk(repository)) {
      for (var file : walk.sorted().toList()) {
        var to = stage.resolve(repository.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
    }
  }
}
