package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.scan.memory.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Reads the programs that a scan saw, for rules that know a program by its content: the program
/// files of items, and what processes execute. Each file is read once, however many names lead to
/// it. Costs as much as reading all of them, so it is done only where it is asked for.
///
/// What could not be read is a gap, as a rule that asks for digests says nothing of it. Not
/// thread-safe.
final class Digests {
  static final String SOURCE = "digests";

  private final Machine machine;
  private final Deadline deadline;
  private final Memory memory;
  private final List<Gap> gaps;
  private final Map<FileId, @Nullable String> read = new HashMap<>();

  /// Trees that did not come back, or whose budget is used up.
  private final Set<Tree> left = new HashSet<>();

  /// @param memory spares what was read before and is unchanged
  Digests(Machine machine, Deadline deadline, Memory memory, List<Gap> gaps) {
    this.machine = machine;
    this.memory = memory;
    this.deadline = deadline;
    this.gaps = gaps;
  }

  /// The item with the digests of its programs.
  Item of(Item item) {
    var parts = new ArrayList<Part>();
    for (var part : item.parts()) {
      parts.add(part.program() ? part.withSha256(digest(part.path(), part.id())) : part);
    }
    return item.withParts(parts);
  }

  /// The process with the digest of what it executes, unless that is no longer at its place.
  RunningProcess of(RunningProcess process) {
    var path = process.executable();
    var id = process.executableId();
    var digest = path == null || id == null || process.gone() ? null : digest(path, id);
    return digest == null ? process : process.withSha256(digest);
  }

  private @Nullable String digest(BytePath path, FileId id) {
    if (!read.containsKey(id)) {
      read.put(id, fresh(path, id));
    }
    return read.get(id);
  }

  private @Nullable String fresh(BytePath path, FileId id) {
    var tree = tree(path);
    if (left.contains(tree)) {
      return null;
    }
    var digest = new AtomicReference<@Nullable String>();
    var outcome = deadline.run(() -> digest.set(content(tree, path, id)));
    outcome.gap(SOURCE, path).ifPresent(gaps::add);
    if (outcome instanceof Deadline.Outcome.Late
        || outcome instanceof Deadline.Outcome.Refused(var why) && why.reason() == Reason.BUDGET) {
      left.add(tree);
    }
    return digest.get();
  }

  private @Nullable String content(Tree tree, BytePath path, FileId id) throws UnreadableException {
    var fact = tree.stat(path);
    if (fact == null || fact.kind() != FileKind.REGULAR || !fact.id().equals(id)) {
      throw changed(path);
    }
    var known = memory.digest(fact);
    if (known != null) {
      return known;
    }
    var digest = tree.sha256(path);
    if (digest == null) {
      throw changed(path);
    }
    memory.digested(fact, digest);
    return digest;
  }

  private static UnreadableException changed(BytePath path) {
    return new UnreadableException(Reason.IO, path, "it changed while it was looked at");
  }

  private Tree tree(BytePath path) {
    return machine.homes().stream()
        .filter(home -> path.startsWith(home.home().path()))
        .map(Machine.HomeTree::tree)
        .findFirst()
        .orElseGet(machine::system);
  }
}
