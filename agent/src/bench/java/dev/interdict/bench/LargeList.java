package dev.interdict.bench;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// A blocklist as a large company could write it, and a machine with much on it. One rule in ten
/// names ten ways to recognise its tool, the others two; all have texts in two languages.
public final class LargeList {
  private static final Home ADA = new Home("ada", 1000, BytePath.parse("/home/ada"));

  private LargeList() {}

  /// The document with that many rules.
  public static byte[] document(int rules) {
    var random = new Random(1);
    var all = new ArrayList<Json>();
    for (var i = 0; i < rules; i++) {
      all.add(rule(i, random));
    }
    return JsonWriter.compact(Blocklist.document(7, "IT Security", all));
  }

  /// What `document` holds, read as [Blocklist] reads it but without its limits on length, beyond
  /// which ten thousand such rules lie.
  public static Blocklist read(byte[] document) throws JsonException {
    var limits = new JsonLimits(64 << 20, 32, 64 << 10, 5_000_000, false);
    var rules = new ArrayList<Rule>();
    if (JsonReader.read(document, limits) instanceof Json.Obj frame
        && frame.get("rules") instanceof Json.Arr(var items)) {
      for (var item : items) {
        switch (RuleReader.read(item)) {
          case RuleReader.Result.Understood(var rule) -> rules.add(rule);
          case RuleReader.Result.Faulty(var faults) -> throw new JsonException(faults.toString());
        }
      }
    }
    return new Blocklist(7, "IT Security", rules, List.of());
  }

  private static Json rule(int number, Random random) {
    var name = "tool-" + number;
    return Json.object()
        .put("id", name)
        .put("name", "Tool " + number)
        .put("publisher", "Publisher " + number % 700)
        .put("risk", "high")
        .put(
            "reason",
            texts(
                "Sends source code to servers outside the company without a contract.",
                "未经合同许可将源代码发送到公司外部的服务器。"))
        .put(
            "replacement",
            Json.object()
                .put("name", "Qoder")
                .put("url", "https://qoder.com/")
                .put("note", texts("Ask IT for a licence.", "请向信息技术部申请许可证。"))
                .build())
        .put("match", matchers(name, number % 10 == 0 ? 10 : 2, random))
        .put("enforcement", "remove")
        .put(
            "timeline",
            Json.object()
                .put("announce", "2026-07-03T09:00")
                .put("effective", "2026-07-10T00:00")
                .put("zone", "Asia/Shanghai")
                .put("minimum-notice", "PT24H")
                .build())
        .build();
  }

  private static Json.Obj texts(String english, String chinese) {
    return Json.object().put("en", english).put("zh-CN", chinese).build();
  }

  private static List<Json> matchers(String name, int number, Random random) {
    var matchers = new ArrayList<Json>();
    for (var i = 0; i < number; i++) {
      var suffix = i < 5 ? "" : "-" + i;
      var one = Json.object();
      switch (i % 5) {
        case 0 ->
            one.put("package", "pkg:npm/%40vendor/" + name + suffix)
                .put("versions", "vers:npm/>=1.2.0|<3.0.0");
        case 1 -> one.put("program", place("home", ".local/share/" + name + suffix + "/bin/*"));
        case 2 ->
            one.put("extension", Json.object().put("vscode", "vendor." + name + suffix).build());
        case 3 ->
            one.put("application", Json.object().put("macos", "com.v." + name + suffix).build());
        default -> {
          var digest = new byte[32];
          random.nextBytes(digest);
          one.put(
              "program",
              Json.object()
                  .put("system", "/opt/" + name + suffix + "/**")
                  .put("sha256", Json.texts(List.of(HexFormat.of().formatHex(digest))))
                  .build());
        }
      }
      matchers.add(one.build());
    }
    return matchers;
  }

  private static Json.Obj place(String kind, String glob) {
    return Json.object().put(kind, glob).build();
  }

  /// A machine with that many items; one in a hundred is on the list.
  public static Inventory inventory(int items) {
    var all = new ArrayList<Item>();
    for (var i = 0; i < items; i++) {
      var name = (i % 100 == 0 ? "tool-" : "other-") + i / 10;
      all.add(
          switch (i % 5) {
            case 0, 1 ->
                item(
                    new Identity.OfPackage(
                        PackageUrl.npm("@vendor/" + name).withVersion("1.5." + i % 9)),
                    "/home/ada/p/node_modules/" + name);
            case 2 ->
                item(
                    new Identity.OfExtension("vscode", "vendor." + name),
                    "/home/ada/.vscode/extensions/" + name);
            case 3 -> item(new Identity.OfProgram(name), "/opt/" + name + "/bin/run");
            default ->
                item(new Identity.OfProgram(name), "/home/ada/.local/share/" + name + "/bin/run");
          });
    }
    return new Inventory(List.of(ADA), all, List.of(), List.of());
  }

  private static Item item(Identity identity, String path) {
    return new Item("bench", identity, null, ADA, BytePath.parse(path), List.of());
  }
}
