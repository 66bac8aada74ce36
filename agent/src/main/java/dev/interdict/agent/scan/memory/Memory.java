package dev.interdict.agent.scan.memory;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The looks of the last scan, and those of this one for the next. Thread-safe as far as looks at
/// different places go.
public final class Memory {
  /// After this long a look is made again, whatever its basis says.
  static final Duration FULL_LOOK = Duration.ofHours(24);

  /// Times of files are kept no finer than this by the coarsest file systems.
  private static final Duration GRAIN = Duration.ofSeconds(2);

  /// One source at one place.
  ///
  /// @param home null for the machine
  record Place(String source, BytePath path, @Nullable Home home) {}

  /// What was seen, and when.
  record Look(Basis basis, List<Item> items, Instant at) {
    Look {
      items = List.copyOf(items);
    }
  }

  /// Remembers nothing.
  public static Memory none() {
    return new Memory(Map.of(), Map.of(), InstantSource.system());
  }

  private final Map<Place, Look> last;
  private final Map<Place, Look> next = new ConcurrentHashMap<>();
  private final Map<FileFact, String> lastDigests;
  private final Map<FileFact, String> nextDigests = new ConcurrentHashMap<>();

  /// What was asked of each place in this scan: sources share many folders.
  private final Map<BytePath, Map<BytePath, Optional<FileFact>>> asked = new ConcurrentHashMap<>();

  private final InstantSource clock;

  Memory(Map<Place, Look> last, Map<FileFact, String> lastDigests, InstantSource clock) {
    this.last = Map.copyOf(last);
    this.lastDigests = Map.copyOf(lastDigests);
    this.clock = clock;
  }

  /// What a source does at a place.
  @FunctionalInterface
  public interface Looking {
    /// Looks through that tree.
    void through(Tree tree) throws UnreadableException;
  }

  /// Gives `out` what the last look at that place saw, if it would see the same now; else looks,
  /// and remembers it unless it left a gap.
  ///
  /// @param home null for the machine
  /// @throws UnreadableException as the look does
  public void look(
      String source, BytePath path, @Nullable Home home, Tree tree, Looking looking, Sightings out)
      throws UnreadableException {
    var place = new Place(source, path, home);
    var before = last.get(place);
    var now = clock.instant();
    if (before != null && recent(before, now) && holds(before.basis(), facts(path, tree))) {
      before.items().forEach(out::item);
      next.put(place, before);
      return;
    }
    var watched = new WatchedTree(tree);
    looking.through(watched);
    var basis = out.gaps().isEmpty() ? watched.basis(nanos(now.minus(GRAIN))) : null;
    if (basis != null) {
      next.put(place, new Look(basis, out.items(), now));
    }
  }

  /// The digest of a file as the last scan read it, if the file is still exactly so.
  public @Nullable String digest(FileFact fact) {
    var digest = lastDigests.get(fact);
    if (digest != null) {
      nextDigests.put(fact, digest);
    }
    return digest;
  }

  /// Remembers a digest, if the file is old enough for its times to tell a later change.
  ///
  /// @param fact the file before it was read
  public void digested(FileFact fact, String digest) {
    if (WatchedTree.tells(fact, nanos(clock.instant().minus(GRAIN)))) {
      nextDigests.put(fact, digest);
    }
  }

  private static boolean recent(Look look, Instant now) {
    return !now.isBefore(look.at()) && now.isBefore(look.at().plus(FULL_LOOK));
  }

  /// What cannot be told is looked at, and becomes a gap there.
  private static boolean holds(Basis basis, Basis.Facts facts) {
    try {
      return basis.holds(facts);
    } catch (UnreadableException e) {
      return false;
    }
  }

  /// Each file is asked for once in a scan: what changes meanwhile differs the next time.
  private Basis.Facts facts(BytePath place, Tree tree) {
    var known = asked.computeIfAbsent(place, _ -> new ConcurrentHashMap<>());
    return path -> {
      var before = known.get(path);
      if (before == null) {
        before = Optional.ofNullable(tree.stat(path));
        known.put(path, before);
      }
      return before.orElse(null);
    };
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000 + at.getNano();
  }

  /// Whether the next scan needs to be left anything else than this one was.
  boolean news() {
    return !next.equals(last) || !nextDigests.equals(lastDigests);
  }

  /// What this scan leaves to the next.
  Map<Place, Look> next() {
    return Map.copyOf(next);
  }

  /// The digests of files that this scan leaves to the next.
  Map<FileFact, String> nextDigests() {
    return Map.copyOf(nextDigests);
  }
}
