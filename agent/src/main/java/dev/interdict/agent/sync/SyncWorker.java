package dev.interdict.agent.sync;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.report.ChainAnswer;
import dev.interdict.report.Look;
import dev.interdict.trust.Fetcher;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.Updater;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.wire.Routes;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The worker's one run: reads a job, asks the time, fetches what is new, posts what waits, looks
/// for the beacons of the corporate network meanwhile, answers.
public final class SyncWorker {
  private static final int MOST_JOB = 1 << 20;
  private static final int MOST_BODY = 6 << 20;
  private static final int MOST_ANSWER = 16 << 10;
  private static final int MOST_MESSAGE = 2000;

  /// The server, or what stands before it, asks to come again.
  private static final IntPredicate LATER =
      status -> status >= 500 || status == 429 || status == 401 || status == 403 || status == 404;

  private SyncWorker() {}

  /// Does the job that stands on `in` and writes the result to `out`.
  ///
  /// @throws IOException if the pipe breaks or holds no job; the server's failures are in the
  ///   result
  public static void run(InputStream in, OutputStream out) throws IOException {
    run(in, out, job -> new Http(job.server(), job.uplink()));
  }

  /// Opens the line to the server. Seam.
  @FunctionalInterface
  public interface Lines {
    /// @throws IOException if there is no way to it
    Line to(SyncJob job) throws IOException;
  }

  /// The same through another line to the server.
  public static void run(InputStream in, OutputStream out, Lines lines) throws IOException {
    var job = job(in);
    var trust = new Luggage();
    Parcels.read(in, trust::write);
    var fetched = new Luggage();
    SyncResult result;
    try (var beacons = BeaconWatch.begin(job.beacons(), BeaconWatch.PATIENCE)) {
      result = exchange(job, lines, trust, fetched, in).with(beacons.seen());
    }
    for (var file : fetched.all().entrySet()) {
      Parcels.write(out, file.getKey(), file.getValue());
    }
    Parcels.end(out);
    Frames.write(out, result.write());
    out.flush();
  }

  private static SyncJob job(InputStream in) throws IOException {
    var frame = Frames.read(in, MOST_JOB);
    if (frame == null) {
      throw new EOFException("no job on the standard input; this role is started by the guard");
    }
    try {
      return SyncJob.read(frame);
    } catch (JsonException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  private static SyncResult exchange(
      SyncJob job, Lines lines, Luggage trust, Luggage fetched, InputStream bodies)
      throws IOException {
    Line http;
    try {
      http = lines.to(job);
    } catch (IOException e) {
      pass(bodies, job.posts().size());
      return SyncResult.unreached("no way to " + job.server() + ": " + e.getMessage());
    }
    try (http) {
      return exchange(job, http, trust, fetched, bodies);
    }
  }

  private static SyncResult exchange(
      SyncJob job, Line http, Luggage trust, Luggage fetched, InputStream bodies)
      throws IOException {
    var messages = new ArrayList<String>();
    String time;
    try {
      time = time(job, http);
    } catch (IOException e) {
      pass(bodies, job.posts().size());
      return SyncResult.unreached("no answer from " + job.server() + ": " + e.getMessage());
    }
    try {
      fetch(job, trust, new StagingFetcher(http, fetched::write));
    } catch (RepositoryException | IOException | UncheckedIOException e) {
      messages.add(String.valueOf(e.getMessage()));
    }
    var looks = new ArrayList<Look>();
    var answers = post(job, bodies, http, messages, looks);
    return new SyncResult(
        true,
        time,
        answers,
        looks.subList(0, Math.min(SyncResult.MOST_LOOKS, looks.size())),
        List.of(),
        said(messages));
  }

  /// In their order and only up to the first that did not get through: a report that arrives after
  /// a later one would look as if somebody else had written it.
  private static List<SyncResult.Answer> post(
      SyncJob job, InputStream bodies, Line http, List<String> messages, List<Look> looks)
      throws IOException {
    var answers = new ArrayList<SyncResult.Answer>();
    var left = job.posts().size();
    for (var post : job.posts()) {
      var body = Frames.read(bodies, MOST_BODY);
      if (body == null) {
        throw new EOFException("the body of a request is missing on the pipe");
      }
      left--;
      try {
        var answer = http.post(post.path(), post.headers(), body, MOST_ANSWER);
        answers.add(
            new SyncResult.Answer(
                post.sequence(),
                answer.status(),
                retryAfter(answer.retryAfter()),
                expected(answer, messages)));
        looks.addAll(looks(answer, messages));
        if (LATER.test(answer.status())) {
          break;
        }
      } catch (IOException e) {
        messages.add("report " + post.sequence() + " not delivered: " + e);
        break;
      }
    }
    pass(bodies, left);
    return answers;
  }

  /// Takes the bodies that are not sent from the pipe: the guard writes them all before it reads.
  private static void pass(InputStream bodies, int count) throws IOException {
    for (var i = 0; i < count && Frames.read(bodies, MOST_BODY) != null; i++) {
      // Not needed.
    }
  }

  /// The server has a say in these words, so they are cut and made harmless.
  private static String said(List<String> messages) {
    var text = Printable.of(String.join("; ", messages));
    return text.length() <= MOST_MESSAGE ? text : text.substring(0, MOST_MESSAGE);
  }

  private static @Nullable String time(SyncJob job, Line http) throws IOException {
    var question = JsonWriter.compact(Json.object().put("nonce", job.nonce()).build());
    var answer = http.post(Routes.TIME, java.util.Map.of(), question, MOST_ANSWER);
    return answer.status() == 200 && answer.body().length <= MOST_ANSWER
        ? new String(answer.body(), StandardCharsets.UTF_8)
        : null;
  }

  /// Runs the client's whole workflow on a copy of the guard's verified files, so that exactly what
  /// the guard will ask for is fetched. Its own judgement counts for nothing.
  private static void fetch(SyncJob job, Luggage trust, Fetcher fetcher)
      throws RepositoryException, IOException {
    var root = trust.read("initial-root.json", Limits.STANDARD.root());
    if (root == null) {
      throw new IOException("the guard sent no initial root");
    }
    var updater = new Updater(root, trust, fetcher, Limits.STANDARD);
    // A clock that the guard will set right by a root must not keep this from fetching the rest.
    switch (updater.refresh(job.now(), (next, start) -> earlier(next.header().issued(), start))) {
      case RefreshResult.Unchanged _, RefreshResult.Updated _ ->
          job.targets().forEach(updater::target);
      case RefreshResult.Refused(var _, var message) -> throw new IOException(message);
      case RefreshResult.Unreachable(var message) -> throw new IOException(message);
    }
  }

  private static Instant earlier(@Nullable Instant issued, Instant start) {
    return issued == null || issued.isAfter(start) ? start : issued;
  }

  /// Who looked at this device's page. It is for people to read and changes nothing, so an answer
  /// that says it in another way has said nothing.
  private static List<Look> looks(Line.Answer answer, List<String> messages) {
    if (answer.status() != 200 || answer.body().length == 0) {
      return List.of();
    }
    try {
      return Look.read(answer.body());
    } catch (JsonException e) {
      messages.add("what the server said of looks at this device was not understood: " + e);
      return List.of();
    }
  }

  /// How the server says that the device is to go on, where it does not go on by itself.
  private static long expected(Line.Answer answer, List<String> messages) {
    if (answer.status() != 409 && (answer.status() != 200 || answer.body().length == 0)) {
      return 0;
    }
    try {
      return ChainAnswer.expected(answer.body());
    } catch (JsonException e) {
      messages.add("how to go on after " + answer.status() + " was not understood: " + e);
      return 0;
    }
  }

  private static int retryAfter(@Nullable String header) {
    if (header == null || !header.matches("[0-9]{1,5}")) {
      return 0;
    }
    return Math.min(86_400, Integer.parseInt(header));
  }
}
