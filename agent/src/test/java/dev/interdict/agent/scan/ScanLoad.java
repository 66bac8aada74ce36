package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Planting;
import java.nio.file.Path;
import java.util.Random;

/// Plants a machine with many packages, to measure a scan of it by hand:
///
/// ```
/// java -cp ... dev.interdict.agent.scan.ScanLoad DIR HOMES PACKAGES
/// /usr/bin/time -v interdict-agent scan --root DIR --output frame > /dev/null
/// ```
///
/// Every home gets the packages spread over four prefixes, a tenth of them nested in another, and
/// 50 editor extensions; the machine gets 1,000 packages of dpkg.
final class ScanLoad {
  private static final String[] PREFIXES = {
    ".npm-global", ".nvm/versions/node/v20.1.0", ".nvm/versions/node/v22.2.0", ".local"
  };

  private ScanLoad() {}

  public static void main(String[] arguments) {
    var planting = new Planting(Path.of(arguments[0]));
    var homes = Integer.parseInt(arguments[1]);
    var packages = Integer.parseInt(arguments[2]);
    var random = new Random(7);
    planting.file("etc/passwd", "");
    for (var home = 0; home < homes; home++) {
      var at = "home/user" + home + "/";
      for (var i = 0; i < packages; i++) {
        npm(planting, at + PREFIXES[i % PREFIXES.length], i, random);
      }
      for (var i = 0; i < 50; i++) {
        var folder = at + ".vscode/extensions/publisher.extension" + i + "-1.0.0/";
        planting.file(
            folder + "package.json",
            "{\"publisher\": \"publisher\", \"name\": \"extension%d\", \"version\": \"1.0.0\"}"
                .formatted(i));
      }
    }
    var status = new StringBuilder();
    for (var i = 0; i < 1000; i++) {
      status.append("Package: package%d\nStatus: install ok installed\n".formatted(i));
      status.append("Version: 1.%d-1\nDescription: %s\n\n".formatted(i, "words ".repeat(80)));
    }
    planting.file("var/lib/dpkg/status", status.toString());
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
