package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.scan.memory.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Looks at a whole machine once. Sources run one after the other; each look of a source at one
/// home or at the machine has its own deadline, and one that throws or takes too long leaves a gap.
///
/// A tree whose source did not come back is left alone afterwards, since it serves one thread only:
/// the sources still to come leave gaps there, and every other place is still looked at. Not
/// thread-safe.
public final class Scan {

  /// Learns how far a scan has come.
  @FunctionalInterface
  public interface Progress {
    /// A source starts to look at a place.
    void looking(String source, BytePath place);

    /// Nobody is told.
    static Progress silent() {
      return (_, _) -> {};
    }
  }

  private final List<Source> sources;
  private final Deadline deadline;
  private final Progress progress;
  private final Memory memory;
  private final boolean digests;

  /// A scan that looks at everything.
  ///
  /// @param perLook how long one source may take for one place
  public Scan(List<Source> sources, Duration perLook, Progress progress) {
    this(sources, perLook, progress, Memory.none(), false);
  }

  /// @param perLook how long one source may take for one place
  /// @param memory of the last scan, which spares looks at what is unchanged
  /// @param digests whether to read the content of the programs that were seen
  public Scan(
      List<Source> sources, Duration perLook, Progress progress, Memory memory, boolean digests) {
    this.sources = List.copyOf(sources);
    this.deadline = new Deadline(perLook);
    this.progress = progress;
    this.memory = memory;
    this.digests = digests;
  }

  /// Everything that could be seen, and where nobody could look.
  public Inventory of(Machine machine) {
    var homes = new ArrayList<Home>();
    var items = new ArrayList<Item>();
    var gaps = new ArrayList<>(machine.unopened());
    for (var home : machine.homes()) {
      homes.add(home.home());
      place(
          home.home().path(),
          items,
          gaps,
          (source, out) ->
              memory.look(
                  source.name(),
                  home.home().path(),
                  home.home(),
                  home.tree(),
                  tree -> source.inspect(new Machine.HomeTree(home.home(), tree), out),
                  out));
    }
    var system = machine.system();
    place(
        BytePath.ROOT,
        items,
        gaps,
        (source, out) ->
            memory.look(
                source.name(),
                BytePath.ROOT,
                null,
                system,
                tree -> source.inspectSystem(tree, out),
                out));
    var processes = processes(machine, gaps);
    var installed = Copies.merged(items);
    if (digests) {
      progress.looking(Digests.SOURCE, BytePath.ROOT);
      var reading = new Digests(machine, deadline, memory, gaps);
      installed = installed.stream().map(reading::of).toList();
      processes = processes.stream().map(reading::of).toList();
    }
    return new Inventory(
        homes, Starters.joined(installed), processes, gaps.stream().distinct().toList());
  }

  private interface Look {
    void at(Source source, Sightings out) throws UnreadableException;
  }

  private void place(BytePath place, List<Item> items, List<Gap> gaps, Look look) {
    var hung = false;
    for (var source : sources) {
      if (hung) {
        gaps.add(gap(source.name(), place, Reason.BUDGET, "another source did not come back"));
        continue;
      }
      progress.looking(source.name(), place);
      var out = new Sightings(source.name());
      var outcome = deadline.run(() -> look.at(source, out));
      items.addAll(out.items());
      gaps.addAll(out.gaps());
      outcome.gap(source.name(), place).ifPresent(gaps::add);
      hung = outcome instanceof Deadline.Outcome.Late;
    }
  }

  private List<RunningProcess> processes(Machine machine, List<Gap> gaps) {
    progress.looking("processes", BytePath.ROOT);
    var seen = new CopyOnWriteArrayList<RunningProcess>();
    var outcome = deadline.run(() -> seen.addAll(machine.processes()));
    outcome.gap("processes", BytePath.ROOT).ifPresent(gaps::add);
    return List.copyOf(seen);
  }

  static Gap gap(String source, BytePath place, Reason reason, String detail) {
    return new Gap(source, place, reason, detail);
  }
}
