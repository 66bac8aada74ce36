package dev.interdict.simulation;

import dev.interdict.server.http.HttpResponse;
import dev.interdict.wire.Headers;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What lies between workstations and server: loses requests and answers, repeats requests hours
/// later, serves signed files out of an old cache, is down for a while. For one thread.
final class Network {
  private static final String TIMESTAMP = Routes.TUF + "timestamp.json";

  private final Headquarters server;
  private final Agenda agenda;
  private final Random random;
  private final Story story;
  private final Witness witness;
  private final int noise;
  private final Broken broken;
  private final List<byte[]> cached = new ArrayList<>();
  private Instant downUntil = Instant.MIN;
  private boolean calm;

  /// @param noise of a thousand requests, how many go wrong in each way
  Network(
      Headquarters server,
      Agenda agenda,
      Random random,
      Story story,
      Witness witness,
      int noise,
      Broken broken) {
    this.broken = broken;
    this.server = server;
    this.agenda = agenda;
    this.random = random;
    this.story = story;
    this.witness = witness;
    this.noise = noise;
  }

  /// From now on nothing goes wrong.
  void calm() {
    calm = true;
    downUntil = Instant.MIN;
  }

  /// Nobody reaches the server for a while.
  void down(Duration time) {
    var until = agenda.instant().plus(time);
    downUntil = until.isAfter(downUntil) ? until : downUntil;
  }

  boolean isDown() {
    return agenda.instant().isBefore(downUntil);
  }

  private boolean happens(String what) {
    if (calm || random.nextInt(1000) >= noise) {
      return false;
    }
    story.met(what);
    return true;
  }

  /// One request of a workstation; throws where no answer came.
  HttpResponse send(
      Workstation from, String method, String path, Map<String, String> headers, byte[] body)
      throws IOException {
    from.step();
    if (isDown()) {
      throw new IOException("connection refused");
    }
    if (happens("request lost")) {
      throw new IOException("request lost");
    }
    var answer = take(from, method, path, headers, body);
    if (path.equals(TIMESTAMP)) {
      answer = cached(answer);
    }
    if (method.equals("POST") && path.equals(Routes.REPORTS)) {
      if (happens("request repeated later")) {
        var later = Duration.ofMinutes(1 + random.nextInt(20 * 60));
        agenda.in(later, () -> repeat(from, path, headers, body));
      }
      if (happens("server killed before it answered")) {
        story.tell(agenda.instant(), "server", "killed after the commit");
        if (random.nextInt(4) == 0) {
          server.restart();
        }
        down(Duration.ofMinutes(1 + random.nextInt(180)));
        throw new IOException("connection reset");
      }
    }
    from.step();
    if (happens("answer lost")) {
      throw new IOException("answer lost");
    }
    return answer;
  }

  private HttpResponse take(
      Workstation from, String method, String path, Map<String, String> headers, byte[] body) {
    var answer = server.answer(method, path, headers, body);
    if (method.equals("POST") && path.equals(Routes.REPORTS)) {
      var sequence = Long.parseLong(headers.getOrDefault(Headers.SEQUENCE, "-1"));
      witness.answered(from, sequence, body, answer.status());
      if (answer.status() == 409) {
        return broken == Broken.SAYS_TAKEN ? HttpResponse.empty(204) : answer;
      }
    }
    return answer;
  }

  private void repeat(Workstation from, String path, Map<String, String> headers, byte[] body) {
    if (!isDown()) {
      var answer = take(from, "POST", path, headers, body);
      story.tell(
          agenda.instant(),
          "network",
          from + "'s report " + headers.get(Headers.SEQUENCE) + " again: " + answer.status());
    }
  }

  /// What a cache on the way has of the only file that changes under its name.
  private HttpResponse cached(HttpResponse answer) {
    if (answer.status() != 200) {
      return answer;
    }
    if (cached.isEmpty() || !java.util.Arrays.equals(cached.getLast(), answer.body())) {
      cached.add(answer.body());
    }
    if (broken == Broken.FROZEN) {
      return HttpResponse.of(200, "application/json", cached.getFirst());
    }
    if (happens("stale file from a cache")) {
      var back = 1 + random.nextInt(4);
      return HttpResponse.of(
          200, "application/json", cached.get(Math.max(0, cached.size() - 1 - back)));
    }
    return answer;
  }
}
