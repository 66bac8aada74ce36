package dev.interdict.server.fleetsim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Plays the machines' lives in the order of simulated time, one request after the other: the same
/// seed gives the same requests. For tests, which compare what the server says with the truth.
final class Play implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Agents agents;
  private final Wheel wheel;
  private final Consumer<Instant> clock;
  private final InetSocketAddress server;
  private final Map<Call.Kind, Map<Integer, Integer>> answers = new EnumMap<>(Call.Kind.class);
  private final Heard heard;
  private @Nullable Line line;

  /// Is told of every answer. Seam for what tests keep.
  @FunctionalInterface
  interface Heard {
    void answer(int machine, Call call, Answer answer, Instant at);
  }

  /// @param clock sets the server's clock
  Play(Agents agents, Wheel wheel, InetSocketAddress server, Consumer<Instant> clock, Heard heard) {
    this.agents = agents;
    this.wheel = wheel;
    this.server = server;
    this.clock = clock;
    this.heard = heard;
  }

  /// Lets a machine begin.
  void start(int machine, Instant at) {
    wheel.schedule(machine, at);
  }

  /// Plays up to and with `until`.
  void until(Instant until) throws IOException {
    for (var machine = wheel.poll(until); machine >= 0; machine = wheel.poll(until)) {
      var now = wheel.due(machine);
      clock.accept(now);
      var call = agents.turn(machine, now);
      if (call == null) {
        wheel.schedule(machine, agents.idle(machine, now));
      } else {
        var answer = send(call);
        heard.answer(machine, call, answer, now);
        wheel.schedule(machine, agents.answered(machine, call, answer, now));
      }
    }
    clock.accept(until);
  }

  /// Sends a request beside the machines' own.
  Answer send(Call call) throws IOException {
    if (line == null) {
      line = new Line(server, null, 1, PATIENCE);
    }
    var answer = line.exchange(call.bytes());
    if (!answer.kept()) {
      line.close();
      line = null;
    }
    answers
        .computeIfAbsent(call.kind(), _ -> new TreeMap<>())
        .merge(answer.status(), 1, Integer::sum);
    return answer;
  }

  /// How often which kind of request was answered with which status.
  Map<Call.Kind, Map<Integer, Integer>> answers() {
    return answers;
  }

  @Override
  public void close() {
    if (line != null) {
      line.close();
    }
  }
}
