package dev.interdict.fuzz;

import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// Makes inputs out of real ones. What comes out depends on the seeds, the parser's name, the seed
/// and the round alone, so that one round can be run by itself. Thread-safe.
final class Mutator {
  private static final JsonLimits ANY = JsonLimits.FOREIGN;
  private static final int LONGEST = 4 << 20;

  private final List<byte[]> seeds;
  private final List<byte[]> grafts;
  private final List<byte[]> words;

  Mutator(List<byte[]> seeds, List<byte[]> others, List<byte[]> words) {
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("fuzzing begins from at least one real input");
    }
    this.seeds = List.copyOf(seeds);
    this.grafts = Stream.concat(seeds.stream(), others.stream()).toList();
    this.words = List.copyOf(words);
  }

  int seeds() {
    return seeds.size();
  }

  byte[] seed(int number) {
    return seeds.get(number);
  }

  /// One real input after a few changes.
  byte[] changed(String parser, long seed, int round) {
    var random = new Random(31 * (31 * seed + parser.hashCode()) + round * 0x9e3779b97f4a7c15L);
    var bytes = any(seeds, random);
    for (var edits = 1 + random.nextInt(random.nextInt(4) == 0 ? 8 : 2); edits > 0; edits--) {
      var next = random.nextInt(5) < 2 ? tree(bytes, random) : raw(bytes, random);
      bytes = next.length > LONGEST ? bytes : next;
    }
    return bytes;
  }

  private static byte[] any(List<byte[]> inputs, Random random) {
    return inputs.get(random.nextInt(inputs.size()));
  }

  private byte[] tree(byte[] bytes, Random random) {
    try {
      var json = JsonReader.read(bytes, ANY);
      return JsonTree.edit(json, JsonReader.read(any(grafts, random), ANY), random);
    } catch (JsonException e) {
      return raw(bytes, random);
    }
  }

  private byte[] raw(byte[] bytes, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Tokens.edit(bytes, words, random);
      case 1 -> Bytes.spliced(bytes, any(grafts, random), random);
      default -> Bytes.edit(bytes, random);
    };
  }
}
