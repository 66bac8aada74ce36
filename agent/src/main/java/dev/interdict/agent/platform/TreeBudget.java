package dev.interdict.agent.platform;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.time.Duration;

/// The most that reading one tree may cost, so that a hostile home cannot hold up the others.
///
/// @param entries directory entries listed
/// @param depth components below the tree's own place
/// @param bytes content read
/// @param time spent inside the tree's calls, not between them
public record TreeBudget(int entries, int depth, long bytes, Duration time) {
  /// For one home.
  public static final TreeBudget HOME =
      new TreeBudget(500_000, 64, 8L << 30, Duration.ofSeconds(60));

  /// For the machine-wide tree.
  public static final TreeBudget SYSTEM =
      new TreeBudget(1_000_000, 64, 8L << 30, Duration.ofSeconds(120));

  /// What has been used of it; whatever is more than the budget is an error. Not thread-safe.
  public static final class Spending {
    private final TreeBudget budget;
    private long entries;
    private long bytes;
    private long nanos;

    public Spending(TreeBudget budget) {
      this.budget = budget;
    }

    /// A path lies so many components below the place.
    ///
    /// @throws UnreadableException if that is beyond the budget
    public void depth(BytePath path, int depth) throws UnreadableException {
      check(depth <= budget.depth, path, "deeper than " + budget.depth + " directories");
    }

    /// So many entries more were listed.
    ///
    /// @throws UnreadableException if that is beyond the budget
    public void entries(BytePath path, int more) throws UnreadableException {
      entries += more;
      check(entries <= budget.entries, path, "more than " + budget.entries + " entries");
    }

    /// So many bytes more were read.
    ///
    /// @throws UnreadableException if that is beyond the budget
    public void bytes(BytePath path, long more) throws UnreadableException {
      bytes += more;
      check(bytes <= budget.bytes, path, "more than " + budget.bytes + " bytes read");
    }

    /// So many nanoseconds more were spent.
    ///
    /// @throws UnreadableException if that is beyond the budget
    public void time(BytePath path, long more) throws UnreadableException {
      nanos += more;
      check(
          nanos <= budget.time.toNanos(),
          path,
          "took longer than " + budget.time.toSeconds() + " s");
    }

    private static void check(boolean within, BytePath path, String detail)
        throws UnreadableException {
      if (!within) {
        throw new UnreadableException(Reason.BUDGET, path, detail);
      }
    }
  }
}
