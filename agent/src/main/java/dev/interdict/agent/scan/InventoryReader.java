package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Residue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what [InventoryJson] writes, strictly: the writer is a process that parses hostile files,
/// and its word is taken only in the exact form we know. Not thread-safe.
public final class InventoryReader {
  private static final Amendment.Cut NO_CUT = new Amendment.Cut(0, 1, 0, 1);

  private final List<Fault> faults = new ArrayList<>();
  private final Map<BytePath, Home> homes = new HashMap<>();

  private InventoryReader() {}

  /// The inventory in one document.
  ///
  /// @throws JsonException if anything in it is not as the format says
  public static Inventory read(Json document) throws JsonException {
    var reader = new InventoryReader();
    var inventory = reader.inventory(document);
    if (!reader.faults.isEmpty()) {
      throw new JsonException("not an inventory: " + reader.faults.getFirst());
    }
    return inventory;
  }

  private Inventory inventory(Json document) {
    var fields = Fields.of(document, faults);
    fields.integer("format", InventoryJson.FORMAT, InventoryJson.FORMAT);
    var all = fields.list("homes", this::home);
    all.forEach(home -> homes.putIfAbsent(home.path(), home));
    var inventory =
        new Inventory(
            all,
            fields.list("items", this::item),
            fields.list("processes", this::process),
            fields.list("gaps", this::gap));
    if (fields.flag("complete", inventory.complete()) != inventory.complete()) {
      fields.fault("complete", "contradicts the gaps");
    }
    fields.end();
    return inventory;
  }

  private Home home(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var home = new Home(fields.text("user"), integer(fields, "uid"), path(fields, "path"));
    fields.end();
    return home;
  }

  private Item item(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var item =
        new Item(
            fields.text("source"),
            identity(fields.object("identity")),
            fields.optionalText("version"),
            owner(fields),
            path(fields, "location"),
            fields.list("parts", this::part),
            fields.optionalText("origin"),
            fields.list("amendments", this::amendment),
            fields.texts("starts").stream().map(text -> started(fields, text)).toList());
    fields.end();
    return item;
  }

  private static BytePath started(Fields fields, String text) {
    try {
      return BytePath.parse(text);
    } catch (IllegalArgumentException e) {
      fields.fault("starts", String.valueOf(e.getMessage()));
      return BytePath.ROOT;
    }
  }

  private Amendment amendment(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var file = path(fields, "file");
    var id = id(fields);
    var sha256 = fields.parsed("sha256", InventoryReader::sha256, "0".repeat(64));
    var cuts = fields.list("cuts", this::cut);
    fields.end();
    try {
      return new Amendment(file, id, sha256, cuts);
    } catch (IllegalArgumentException e) {
      fields.fault("cuts", String.valueOf(e.getMessage()));
      return new Amendment(file, id, sha256, List.of(NO_CUT));
    }
  }

  private Amendment.Cut cut(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var from = offset(fields, "from");
    var to = offset(fields, "to");
    var before = offset(fields, "before");
    var after = offset(fields, "after");
    fields.end();
    try {
      return new Amendment.Cut(from, to, before, after);
    } catch (IllegalArgumentException e) {
      fields.fault("from", String.valueOf(e.getMessage()));
      return NO_CUT;
    }
  }

  private static int offset(Fields fields, String name) {
    return (int) fields.integer(name, 0, Amendment.MOST_BYTES);
  }

  private @Nullable Home owner(Fields fields) {
    var path = optionalPath(fields, "owner");
    if (path == null) {
      return null;
    }
    var owner = homes.get(path);
    if (owner == null) {
      fields.fault("owner", "is none of the homes");
    }
    return owner;
  }

  private Identity identity(Fields fields) {
    Identity identity;
    if (fields.has("package")) {
      identity =
          new Identity.OfPackage(
              fields.parsed("package", PackageUrl::parse, PackageUrl.of("generic", "", "unread")));
    } else if (fields.has("extension")) {
      var extension = fields.object("extension");
      identity = new Identity.OfExtension(extension.text("host"), extension.text("id"));
      extension.end();
    } else if (fields.has("application")) {
      var application = fields.object("application");
      identity = new Identity.OfApplication(application.text("platform"), application.text("id"));
      application.end();
    } else if (fields.has("model")) {
      var model = fields.object("model");
      identity = new Identity.OfModel(model.text("tool"), model.text("name"));
      model.end();
    } else if (fields.has("residue")) {
      var residue = fields.object("residue");
      identity = new Identity.OfResidue(residue.choice("kind", Residue.class), residue.text("id"));
      residue.end();
    } else if (fields.has("variable")) {
      identity = new Identity.OfVariable(fields.text("variable"));
    } else if (fields.has("container")) {
      identity = new Identity.OfContainer(fields.text("container"));
    } else {
      identity = new Identity.OfProgram(fields.text("program"));
    }
    fields.end();
    return identity;
  }

  private Part part(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var part =
        new Part(
            fields.choice("role", Part.Role.class),
            path(fields, "path"),
            id(fields),
            fields.choice("kind", FileKind.class),
            digest(fields));
    fields.end();
    return part;
  }

  private RunningProcess process(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var executableId = fields.optionalObject("executable-id");
    var name = fields.optionalText("name");
    var process =
        new RunningProcess(
            fields.integer("pid", 0, Long.MAX_VALUE),
            fields.integer("start-ticks", 0, Long.MAX_VALUE),
            integer(fields, "uid"),
            optionalPath(fields, "executable"),
            executableId == null ? null : id(executableId),
            fields.list("scripts", this::script),
            name == null ? "" : name,
            digest(fields),
            fields.flag("gone", false));
    if (executableId != null) {
      executableId.end();
    }
    fields.end();
    return process;
  }

  private RunningProcess.Script script(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var script = new RunningProcess.Script(path(fields, "path"), id(fields));
    fields.end();
    return script;
  }

  private Gap gap(Json json, String at) {
    var fields = Fields.of(json, at, faults);
    var gap =
        new Gap(
            fields.text("source"),
            path(fields, "path"),
            fields.choice("reason", UnreadableException.Reason.class),
            fields.text("detail"));
    fields.end();
    return gap;
  }

  private static @Nullable String digest(Fields fields) {
    return fields.has("sha256")
        ? fields.parsed("sha256", InventoryReader::sha256, "0".repeat(64))
        : null;
  }

  private static String sha256(String text) {
    if (!text.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("must be 64 of 0-9 and a-f");
    }
    return text;
  }

  private static FileId id(Fields fields) {
    return new FileId(
        fields.integer("device", Long.MIN_VALUE, Long.MAX_VALUE),
        fields.integer("inode", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static int integer(Fields fields, String name) {
    return (int) fields.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  private static BytePath path(Fields fields, String name) {
    return fields.parsed(name, BytePath::parse, BytePath.ROOT);
  }

  private static @Nullable BytePath optionalPath(Fields fields, String name) {
    return fields.has(name) ? path(fields, name) : null;
  }
}
