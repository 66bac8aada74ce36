package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.policy.RuleId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Notices that something arrives where banned software is, or was before it was removed. Seam: one
/// implementation per operating system, hand-written fakes in tests. It polls no disk and acts on
/// nothing; what arrived is for the next scan to judge.
public interface Watch extends AutoCloseable {

  /// One place of a rule's software.
  ///
  /// @param owner whose home it lies in; null for machine-wide ones
  record Place(RuleId rule, @Nullable Home owner, BytePath path) {}

  /// Software that might bring back other software, by where it lies.
  record Carrier(RuleId rule, String item, BytePath path) {}

  /// Something arrived at a place, or under a name that another version there would have.
  record Arrived(Place place, Cause cause) {}

  /// Who most likely brought it, as far as the kernel tells of the process that did it and of those
  /// that started it. Names that processes give themselves count for nothing.
  ///
  /// @param program the executable of the process that did it; null where it is not known
  record Cause(Kind kind, @Nullable String program) {
    /// Nobody can say.
    public static final Cause UNKNOWN = new Cause(Kind.UNKNOWN, null);
  }

  /// The likely causes.
  enum Kind {
    /// The tool itself, still running or from another copy.
    SELF_UPDATER,
    /// Other software that is known here, such as an editor's extension or a desktop app.
    OTHER_CARRIER,
    PACKAGE_MANAGER,
    /// Somebody at a terminal, by other means.
    USER,
    UNKNOWN
  }

  /// Watches exactly these places from now on.
  ///
  /// @param carriers what is known to be here of banned software
  void over(Set<Place> places, List<Carrier> carriers);

  /// What arrived since this was last asked.
  List<Arrived> arrived();

  @Override
  void close();
}
