package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// An inventory as a CycloneDX 1.6 bill of materials (ECMA-424), for tools that take one. Each
/// installation is a component of its own, since the same package in two places is two. Gaps are
/// stated as an incomplete composition and one property each, so that nobody takes the bill for the
/// whole.
public final class CycloneDx {
  private CycloneDx() {}

  /// @param serial of this bill; a new one for each
  /// @param at when the machine was looked at
  public static Json.Obj write(Inventory inventory, UUID serial, Instant at) {
    var components = new ArrayList<Json.Obj>();
    for (var item : inventory.items()) {
      components.add(component(item, "item-" + (components.size() + 1)));
    }
    return Json.object()
        .put("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json")
        .put("bomFormat", "CycloneDX")
        .put("specVersion", "1.6")
        .put("serialNumber", "urn:uuid:" + serial)
        .put("version", 1)
        .put("metadata", metadata(inventory, at))
        .put("components", components)
        .put("compositions", List.of(composition(inventory, components)))
        .build();
  }

  private static Json.Obj metadata(Inventory inventory, Instant at) {
    var tool = Json.object().put("type", "application").put("name", "interdict-agent").build();
    var gaps = inventory.gaps().stream().map(gap -> property("interdict:gap", text(gap))).toList();
    return Json.object()
        .put("timestamp", at.truncatedTo(ChronoUnit.SECONDS).toString())
        .put("tools", Json.object().put("components", List.of(tool)).build())
        .put("properties", gaps)
        .build();
  }

  private static String text(Gap gap) {
    return gap.source() + " " + Fields.written(gap.reason()) + " " + gap.detail();
  }

  private static Json.Obj component(Item item, String reference) {
    var properties = new ArrayList<Json.Obj>();
    properties.add(property("interdict:source", item.source()));
    if (!(item.identity() instanceof Identity.OfPackage)) {
      properties.add(property("interdict:identity", Names.identity(item.identity())));
    }
    var location = Json.object().put("location", item.location().toString()).build();
    return Json.object()
        .put("type", "application")
        .put("bom-ref", reference)
        .put("name", Names.name(item.identity()))
        .put("version", item.version())
        .put(
            "purl",
            item.identity() instanceof Identity.OfPackage(var purl) ? purl.toString() : null)
        .put("properties", properties)
        .put("evidence", Json.object().put("occurrences", List.of(location)).build())
        .build();
  }

  /// `complete` is never said: a scan sees the ecosystems that it knows.
  private static Json.Obj composition(Inventory inventory, List<Json.Obj> components) {
    return Json.object()
        .put("aggregate", inventory.complete() ? "unknown" : "incomplete")
        .put(
            "assemblies",
            components.stream().map(component -> component.members().get("bom-ref")).toList())
        .build();
  }

  private static Json.Obj property(String name, String value) {
    return Json.object().put("name", name).put("value", value).build();
  }
}
