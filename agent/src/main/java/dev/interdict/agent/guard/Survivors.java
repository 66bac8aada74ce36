package dev.interdict.agent.guard;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleId;
import dev.interdict.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Processes that ran what is about to be taken away. Once it is gone nothing else says what they
/// run: a package's files are no more, a script's interpreter looks like any other. So they are on
/// disk before the act, and a guard that starts anew still knows them.
///
/// A process is known by its number and start within one boot; after a restart of the machine there
/// is none. Not thread-safe.
final class Survivors {
  private static final int MOST_BYTES = 4 << 20;

  /// More than this of one device is no longer told apart by name.
  private static final int MOST = 10_000;

  private final Path file;
  private final String boot;
  private final Set<Survivor> all = new LinkedHashSet<>();

  private record Survivor(RuleId rule, long pid, long startTicks, FileId runs) {
    boolean is(RunningProcess process) {
      return process.pid() == pid && process.startTicks() == startTicks;
    }
  }

  private Survivors(Path file, String boot) {
    this.file = file;
    this.boot = boot;
  }

  /// Those that `file` names, if it was written within this boot. What is damaged names none.
  ///
  /// @param boot names the current boot of the machine
  static Survivors open(Path file, String boot) {
    var survivors = new Survivors(file, boot);
    try {
      var bytes = DurableFile.read(file, MOST_BYTES);
      if (bytes != null && bytes.length <= MOST_BYTES) {
        survivors.read(JsonReader.read(bytes, JsonLimits.OWN));
      }
    } catch (IOException | JsonException e) {
      survivors.all.clear();
    }
    return survivors;
  }

  private void read(Json json) throws JsonException {
    var faults = new ArrayList<Fault>();
    var fields = Fields.of(json, faults);
    var same = fields.text("boot").equals(boot);
    var read = fields.list("processes", (item, at) -> read(Fields.of(item, at, faults)));
    fields.end();
    if (!faults.isEmpty()) {
      throw new JsonException("not understood: " + faults.getFirst());
    }
    if (same) {
      all.addAll(read);
    }
  }

  private static Survivor read(Fields fields) {
    var survivor =
        new Survivor(
            fields.parsed("rule", RuleId::new, new RuleId("unreadable")),
            fields.integer("pid", 0, Long.MAX_VALUE),
            fields.integer("start", 0, Long.MAX_VALUE),
            new FileId(
                fields.integer("device", Long.MIN_VALUE, Long.MAX_VALUE),
                fields.integer("inode", Long.MIN_VALUE, Long.MAX_VALUE)));
    fields.end();
    return survivor;
  }

  /// Remembers that `process` runs these files.
  ///
  /// @throws IOException if it cannot be kept: what it runs must not be taken then
  void remember(RuleId rule, RunningProcess process, Collection<FileId> files) throws IOException {
    var news = false;
    for (var id : files) {
      news |=
          all.size() < MOST && all.add(new Survivor(rule, process.pid(), process.startTicks(), id));
    }
    if (news) {
      save();
    }
  }

  private void save() throws IOException {
    var processes = new ArrayList<Json>();
    for (var one : all) {
      processes.add(
          Json.object()
              .put("rule", one.rule().value())
              .put("pid", one.pid())
              .put("start", one.startTicks())
              .put("device", one.runs().device())
              .put("inode", one.runs().inode())
              .build());
    }
    DurableFile.write(
        file,
        JsonWriter.compact(Json.object().put("boot", boot).put("processes", processes).build()));
  }

  /// Whether any process is remembered for the rule.
  boolean any(RuleId rule) {
    return all.stream().anyMatch(one -> one.rule().equals(rule));
  }

  /// What those of the rule run that are among `running`; the others are forgotten.
  Set<FileId> of(RuleId rule, List<RunningProcess> running) throws IOException {
    var ended =
        all.removeIf(one ->
            one.rule().equals(rule) && running.stream().noneMatch(process -> one.is(process)));
    if (ended) {
      save();
    }
    var files = new HashSet<FileId>();
    all.stream().filter(one -> one.rule().equals(rule)).forEach(one -> files.add(one.runs()));
    return files;
  }
}
