package dev.interdict.fuzz;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All rounds of one parser. They run in a thread of their own with a small stack, so that the
/// test's thread can tell when an input does not come to an end. Used once.
final class Rounds {
  private static final long STACK_BYTES = 256 << 10;

  /// Memory that each byte of an input may take, beside what is granted to any input.
  private static final long MEMORY_A_BYTE = 256;

  private static final com.sun.management.ThreadMXBean THREADS =
      (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String parser;
  private final Mutator mutator;
  private final Set<Class<? extends Exception>> refusals;
  private final long memory;
  private final FuzzSettings settings;
  private volatile @Nullable Round current;
  private volatile @Nullable AssertionError defect;
  private int tried;
  private int refused;

  Rounds(
      String parser,
      Mutator mutator,
      Set<Class<? extends Exception>> refusals,
      long memory,
      FuzzSettings settings) {
    this.parser = parser;
    this.mutator = mutator;
    this.refusals = refusals;
    this.memory = memory;
    this.settings = settings;
  }

  private record Round(int number, byte[] input, long startedAt) {}

  void run(Fuzz.Reading reading) throws InterruptedException {
    var worker = new Thread(null, () -> all(reading), "fuzz " + parser, STACK_BYTES);
    worker.setDaemon(true);
    worker.start();
    while (!worker.join(Duration.ofMillis(250))) {
      var round = current;
      if (round != null && System.nanoTime() - round.startedAt > settings.patience().toNanos()) {
        var hang = new AssertionError(told(round, "did not end in " + settings.patience()));
        hang.setStackTrace(worker.getStackTrace());
        throw hang;
      }
    }
    if (defect != null) {
      throw defect;
    }
    if (settings.seconds() > 0) {
      System.out.printf(
          "fuzz %-24s %,10d inputs, %,10d refused, seed %d%n",
          parser, tried, refused, settings.seed());
    }
  }

  private void all(Fuzz.Reading reading) {
    var start = System.nanoTime();
    if (settings.round() >= 0) {
      defect = one(settings.round(), reading);
      return;
    }
    for (var round = 0;
        round < mutator.seeds() || settings.goesOn(round, System.nanoTime() - start);
        round++) {
      defect = one(round, reading);
      if (defect != null) {
        return;
      }
    }
  }

  private @Nullable AssertionError one(int number, Fuzz.Reading reading) {
    var isSeed = number < mutator.seeds();
    var input = isSeed ? mutator.seed(number) : mutator.changed(parser, settings.seed(), number);
    var round = new Round(number, input, System.nanoTime());
    current = round;
    tried++;
    var before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reading.read(input.clone());
    } catch (Throwable thrown) {
      if (refusals.stream().noneMatch(refusal -> refusal.isInstance(thrown))) {
        return new AssertionError(told(round, "led to " + thrown), thrown);
      }
      if (isSeed) {
        return new AssertionError(told(round, "is real and was refused: " + thrown), thrown);
      }
      refused++;
    }
    var taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    return taken > memory + MEMORY_A_BYTE * input.length
        ? new AssertionError(told(round, "took " + taken + " bytes"))
        : null;
  }

  private String told(Round round, String what) {
    var text = new String(round.input, StandardCharsets.UTF_8);
    return """
    %s: an input of %d bytes %s
      again with: -Dfuzz.parser=%s -Dfuzz.seed=%d -Dfuzz.round=%d
      the input in base64: %s
      and as text: %s\
    """
        .formatted(
            parser,
            round.input.length,
            what,
            parser,
            settings.seed(),
            round.number,
            Base64.getEncoder().encodeToString(round.input),
            text.length() > 2_000 ? text.substring(0, 2_000) + " …" : text);
  }
}
