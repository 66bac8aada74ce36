package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import org.jspecify.annotations.Nullable;

/// An inventory as JSON, format 1. Paths are in the text form of
/// [dev.interdict.agent.inventory.BytePath], which keeps every byte and holds no control character.
/// [InventoryReader] reads it back.
public final class InventoryJson {
  static final int FORMAT = 1;

  private InventoryJson() {}

  /// The whole inventory as one document.
  public static Json.Obj write(Inventory inventory) {
    return Json.object()
        .put("format", FORMAT)
        .put("complete", inventory.complete())
        .put("homes", inventory.homes().stream().map(InventoryJson::home).toList())
        .put("items", inventory.items().stream().map(InventoryJson::item).toList())
        .put("processes", inventory.processes().stream().map(InventoryJson::process).toList())
        .put("gaps", inventory.gaps().stream().map(InventoryJson::gap).toList())
        .build();
  }

  private static Json.Obj home(Home home) {
    return Json.object()
        .put("user", home.user())
        .put("uid", home.uid())
        .put("path", home.path().toString())
        .build();
  }

  private static Json.Obj item(Item item) {
    var json =
        Json.object()
            .put("source", item.source())
            .put("identity", identity(item.identity()))
            .put("version", item.version())
            .put("owner", ownerPath(item.owner()))
            .put("location", item.location().toString())
            .put("parts", item.parts().stream().map(InventoryJson::part).toList())
            .put("origin", item.origin());
    if (!item.amendments().isEmpty()) {
      json.put("amendments", item.amendments().stream().map(InventoryJson::amendment).toList());
    }
    if (!item.starts().isEmpty()) {
      json.put(
          "starts", item.starts().stream().map(file -> new Json.Text(file.toString())).toList());
    }
    return json.build();
  }

  private static Json.Obj amendment(Amendment amendment) {
    return id(amendment.id())
        .put("file", amendment.file().toString())
        .put("sha256", amendment.sha256())
        .put("cuts", amendment.cuts().stream().map(InventoryJson::cut).toList())
        .build();
  }

  private static Json.Obj cut(Amendment.Cut cut) {
    return Json.object()
        .put("from", cut.from())
        .put("to", cut.to())
        .put("before", cut.before())
        .put("after", cut.after())
        .build();
  }

  private static @Nullable String ownerPath(@Nullable Home owner) {
    return owner == null ? null : owner.path().toString();
  }

  private static Json.Obj identity(Identity identity) {
    return switch (identity) {
      case Identity.OfPackage(var purl) -> Json.object().put("package", purl.toString()).build();
      case Identity.OfExtension(var host, var id) ->
          Json.object()
              .put("extension", Json.object().put("host", host).put("id", id).build())
              .build();
      case Identity.OfApplication(var platform, var id) ->
          Json.object()
              .put("application", Json.object().put("platform", platform).put("id", id).build())
              .build();
      case Identity.OfProgram(var place) -> Json.object().put("program", place).build();
      case Identity.OfModel(var tool, var model) ->
          Json.object()
              .put("model", Json.object().put("tool", tool).put("name", model).build())
              .build();
      case Identity.OfVariable(var name) -> Json.object().put("variable", name).build();
      case Identity.OfContainer(var reference) -> Json.object().put("container", reference).build();
      case Identity.OfResidue(var kind, var id) ->
          Json.object()
              .put("residue", Json.object().put("kind", Fields.written(kind)).put("id", id).build())
              .build();
    };
  }

  private static Json.Obj part(Part part) {
    return id(part.id())
        .put("role", Fields.written(part.role()))
        .put("path", part.path().toString())
        .put("kind", Fields.written(part.kind()))
        .put("sha256", part.sha256())
        .build();
  }

  private static Json.Obj process(RunningProcess process) {
    var path = process.executable();
    var id = process.executableId();
    var json =
        Json.object()
            .put("pid", process.pid())
            .put("start-ticks", process.startTicks())
            .put("uid", process.uid())
            .put("executable", path == null ? null : path.toString())
            .put("executable-id", id == null ? null : id(id).build())
            .put("scripts", process.scripts().stream().map(InventoryJson::script).toList())
            .put("name", process.name().isBlank() ? null : process.name())
            .put("sha256", process.sha256());
    return (process.gone() ? json.put("gone", true) : json).build();
  }

  private static Json.Obj script(RunningProcess.Script script) {
    return id(script.id()).put("path", script.path().toString()).build();
  }

  private static Json.Builder id(FileId id) {
    return Json.object().put("device", id.device()).put("inode", id.inode());
  }

  private static Json.Obj gap(Gap gap) {
    return Json.object()
        .put("source", gap.source())
        .put("path", gap.path().toString())
        .put("reason", Fields.written(gap.reason()))
        .put("detail", gap.detail())
        .build();
  }
}
