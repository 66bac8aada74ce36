package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.platform.linux.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;

/// Plants a machine with much on it: ten homes with 5,000 npm packages, 500 editor extensions, 500
/// Python packages and 10,000 files of projects between them, and 1,000 packages of dpkg. The homes
/// belong to whoever plants them. By hand, to measure a whole process:
///
/// ```
/// java -cp ... dev.interdict.agent.scan.Farm DIR
/// /usr/bin/time -v interdict-agent scan --root DIR --output frame > /dev/null
/// ```
public final class Farm {
  static final int HOMES = 10;
  private static final int PACKAGES = 500;
  private static final int EXTENSIONS = 50;
  private static final int DISTRIBUTIONS = 50;
  private static final int PROJECTS = 20;
  private static final int FILES = 50;
  private static final int SYSTEM = 1000;

  private static final String[] PREFIXES = {
    ".npm-global", ".nvm/versions/node/v20.1.0", ".nvm/versions/node/v22.2.0", ".local"
  };

  private Farm() {}

  public static void main(String[] arguments) throws IOException {
    plant(Path.of(arguments[0]));
  }

  /// Plants it below `root`, an empty folder.
  static void plant(Path root) throws IOException {
    var sandbox = Sandbox.in(root);
    var planting = new Planting(sandbox.root());
    var random = new Random(7);
    for (var home = 0; home < HOMES; home++) {
      sandbox.user("user" + home);
      home(planting, "home/user" + home + "/", random);
    }
    var status = new StringBuilder();
    for (var i = 0; i < SYSTEM; i++) {
      status.append("Package: package%d\nStatus: install ok installed\n".formatted(i));
      status.append("Version: 1.%d-1\nDescription: %s\n\n".formatted(i, "words ".repeat(80)));
    }
    planting.file("var/lib/dpkg/status", status.toString());
  }

  private static void home(Planting planting, String at, Random random) {
    for (var i = 0; i < PACKAGES; i++) {
      npm(planting, at + PREFIXES[i % PREFIXES.length], i, random);
    }
    for (var i = 0; i < EXTENSIONS; i++) {
      planting.file(
          at + ".vscode/extensions/publisher.extension" + i + "-1.0.0/package.json",
          "{\"publisher\": \"publisher\", \"name\": \"extension%d\", \"version\": \"1.0.0\"}"
              .formatted(i));
    }
    for (var i = 0; i < DISTRIBUTIONS; i++) {
      var folder = at + ".local/lib/python3.11/site-packages/dist" + i + "-1.0.0.dist-info/";
      planting.file(
          folder + "METADATA",
          "Metadata-Version: 2.1\nName: dist%d\nVersion: 1.0.0\n".formatted(i));
      planting.file(folder + "INSTALLER", "pip\n");
    }
    for (var i = 0; i < PROJECTS; i++) {
      for (var file = 0; file < FILES; file++) {
        planting.file(at + "work/project" + i + "/src/part" + file % 5 + "/file" + file, "x");
      }
    }
  }

  private static void npm(Planting planting, String prefix, int number, Random random) {
    var nested = number % 10 == 9 ? "p" + (number - 8) + "/node_modules/" : "";
    var folder = prefix + "/lib/node_modules/" + nested + "p" + number;
    planting.file(
        folder + "/package.json",
        """
        {"name": "p%d", "version": "%d.0.%d", "bin": {"p%d": "cli.js"}, "description": "%s"}
        """
            .formatted(number, number % 7, number, number, "x".repeat(random.nextInt(3000))));
    planting.program(folder + "/cli.js");
    if (number % 10 != 9) {
      planting.link(prefix + "/bin/p" + number, "../lib/node_modules/p" + number + "/cli.js");
    }
  }
}
