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
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Residue;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Inventories for tests of their forms.
final class Samples {
  static final Home ADA = new Home("ada", 1000, BytePath.parse("/home/ada"));

  private Samples() {}

  /// Something of every kind, with names that are not plain.
  static Inventory everything() {
    var odd = ADA.path().resolve(new byte[] {'a', (byte) 0xff, 27, '[', '2', 'J', '%'});
    var npm = PackageUrl.npm("@anthropic-ai/claude-code").withVersion("2.1.112");
    return new Inventory(
        List.of(ADA),
        List.of(
            new Item(
                "npm",
                new Identity.OfPackage(npm),
                "2.1.112",
                ADA,
                odd,
                List.of(
                    new Part(Part.Role.MAIN, odd, new FileId(-1, 2), FileKind.DIRECTORY),
                    new Part(
                        Part.Role.LAUNCHER,
                        ADA.path().resolve("bin/claude"),
                        new FileId(1, Long.MIN_VALUE),
                        FileKind.LINK),
                    new Part(
                        Part.Role.EXECUTABLE,
                        odd.resolve("run"),
                        new FileId(1, 3),
                        FileKind.REGULAR,
                        "ab".repeat(32)),
                    new Part(
                        Part.Role.PERSISTENCE,
                        ADA.path().resolve(".config/systemd/user/x.service"),
                        new FileId(1, 4),
                        FileKind.REGULAR)),
                "npx cache",
                List.of(
                    new Amendment(
                        odd,
                        new FileId(1, 5),
                        "ef".repeat(32),
                        List.of(
                            new Amendment.Cut(1, 2, 1, 3),
                            new Amendment.Cut(0, Amendment.MOST_BYTES, 0, Amendment.MOST_BYTES)))),
                List.of(odd, ADA.path().resolve("bin/claude"))),
            item(new Identity.OfExtension("vscode", "anthropic.claude-code"), "2.1.328"),
            item(new Identity.OfApplication("macos", "com.anthropic.claude-code"), null),
            item(new Identity.OfProgram(".local/share/claude/versions"), "2.1.328"),
            item(new Identity.OfModel("aider", "claude-opus-4-5"), null),
            item(new Identity.OfVariable("ANTHROPIC_API_KEY"), null),
            item(new Identity.OfContainer("ghcr.io/anthropics/devcontainer-features/x"), null),
            item(new Identity.OfResidue(Residue.SERVICE, "com.anthropic.daemon.service"), null),
            new Item(
                "dpkg",
                new Identity.OfPackage(PackageUrl.of("deb", "debian", "claude-code")),
                null,
                null,
                BytePath.parse("/var/lib/dpkg/status"),
                List.of())),
        List.of(
            new RunningProcess(
                7,
                8,
                -2,
                odd,
                new FileId(3, 4),
                List.of(new RunningProcess.Script(odd, new FileId(5, 6))),
                "a\u001b]0;b\n\u202e\"",
                "cd".repeat(32),
                true),
            new RunningProcess(9, 10, 0, null, null, List.of(), "")),
        List.of(new Gap("npm", odd, Reason.LINK_IN_PATH, "it leads out")));
  }

  private static Item item(Identity identity, @org.jspecify.annotations.Nullable String version) {
    return new Item("s", identity, version, ADA, ADA.path().resolve("x"), List.of());
  }

  /// That many packages and nothing else.
  static Inventory packages(int number) {
    var items =
        Stream.iterate(1, n -> n + 1)
            .limit(number)
            .map(n -> item(new Identity.OfPackage(PackageUrl.npm("p" + n)), "1.0." + n))
            .toList();
    return new Inventory(List.of(ADA), items, List.of(), List.of());
  }

  /// That many items, each as deep in a home as a scan goes and with names as long as can be.
  static Inventory deep(int number) {
    var deep = ADA.path();
    var longest = new byte[255];
    Arrays.fill(longest, (byte) 1);
    for (var depth = 0; depth < 60; depth++) {
      deep = deep.resolve(longest);
    }
    var place = deep;
    var items =
        Stream.iterate(1, n -> n + 1)
            .limit(number)
            .map(n ->
                new Item(
                    "s",
                    new Identity.OfProgram("p"),
                    null,
                    ADA,
                    place.resolve(Integer.toString(n)),
                    List.of()))
            .toList();
    return new Inventory(List.of(ADA), items, List.of(), List.of());
  }
}
