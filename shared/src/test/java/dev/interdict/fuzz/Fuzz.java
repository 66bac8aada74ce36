package dev.interdict.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One parser that sees bytes nobody has verified, with real inputs to begin from and the errors it
/// may answer with. Everything else it throws, any input it does not come back from, recursion
/// beyond a small stack and memory beyond what was granted is a defect.
///
/// The first rounds are the seeds as they are, and none of them may be refused: a parser that
/// refuses everything would pass all else.
public final class Fuzz {
  private static final long MEMORY = 48 << 20;

  private final String parser;
  private final List<byte[]> seeds = new ArrayList<>();
  private final List<byte[]> others = new ArrayList<>();
  private final List<byte[]> words = new ArrayList<>();
  private Set<Class<? extends Exception>> refusals = Set.of();
  private long memory = MEMORY;

  private Fuzz(String parser) {
    this.parser = parser;
  }

  /// Reads one input. An [AssertionError] says that a property of what was read does not hold.
  @FunctionalInterface
  public interface Reading {
    void read(byte[] input) throws Exception;
  }

  /// The parser of that name, which `-Dfuzz.parser` chooses.
  public static Fuzz of(String parser) {
    return new Fuzz(parser);
  }

  /// Adds real inputs, which the parser accepts.
  public Fuzz seeds(byte[]... inputs) {
    seeds.addAll(List.of(inputs));
    return this;
  }

  /// Adds real inputs, which the parser accepts.
  public Fuzz seeds(String... inputs) {
    for (var input : inputs) {
      seeds.add(input.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /// Adds inputs of a kindred kind, whose pieces are put into the real ones; not run themselves.
  public Fuzz besides(byte[]... inputs) {
    others.addAll(List.of(inputs));
    return this;
  }

  /// Adds pieces that mean something to this parser.
  public Fuzz words(String... pieces) {
    for (var piece : pieces) {
      words.add(piece.getBytes(StandardCharsets.UTF_8));
    }
    return this;
  }

  /// The only errors the parser may answer with.
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Fuzz refuses(Class<? extends Exception>... errors) {
    refusals = Set.of(errors);
    return this;
  }

  /// Grants so many bytes of memory for one input, in place of 48 MiB, beside what grows with its
  /// length.
  public Fuzz grants(long bytes) {
    memory = bytes;
    return this;
  }

  /// Runs all rounds.
  ///
  /// @throws AssertionError at the first defect, with what it takes to see it again
  public void run(Reading reading) throws InterruptedException {
    run(reading, FuzzSettings.ofThisRun());
  }

  void run(Reading reading, FuzzSettings settings) throws InterruptedException {
    if (settings.wants(parser)) {
      var rounds =
          new Rounds(parser, new Mutator(seeds, others, words), refusals, memory, settings);
      rounds.run(reading);
    }
  }

  /// `input` as text, whatever it holds: each byte that is no UTF-8 becomes half a surrogate pair,
  /// which no decoding of bytes yields and a JSON escape does.
  public static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8).replace('\ufffd', '\ud800');
  }
}
