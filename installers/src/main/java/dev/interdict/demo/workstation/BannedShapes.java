package dev.interdict.demo.workstation;

import java.io.IOException;
import java.util.List;

/// Claude Code in the four shapes in which it comes to a Linux workstation.
final class BannedShapes {
  private BannedShapes() {}

  /// One shape, laid out.
  ///
  /// @param paths what must be gone afterwards, relative to the home
  record Laid(String name, List<String> paths) {}

  /// npm up to 2.1.112: a script that runs under Node, helpers beside it.
  static Laid npmScript(Disk home) throws IOException {
    var prefix = ".npm-global";
    var at = prefix + "/lib/node_modules/@anthropic-ai/claude-code";
    home.text(
        at + "/package.json",
        """
        {
          "name": "@anthropic-ai/claude-code",
          "version": "2.1.112",
          "type": "module",
          "bin": {"claude": "cli.js"},
          "engines": {"node": ">=18.0.0"}
        }
        """);
    home.script(at + "/cli.js", "#!/usr/bin/env node\n// A stand-in of the demo.\n");
    home.program(at + "/vendor/ripgrep/x64-linux/rg");
    home.link(prefix + "/bin/claude", "../lib/node_modules/@anthropic-ai/claude-code/cli.js");
    return new Laid("npm package 2.1.112", List.of(at, prefix + "/bin/claude"));
  }

  /// npm from 2.1.113 on: a program named .exe on every system, one inode with the one in the
  /// platform package.
  static Laid npmProgram(Disk home) throws IOException {
    var prefix = ".nvm/versions/node/v22.14.0";
    var at = prefix + "/lib/node_modules/@anthropic-ai/claude-code";
    var platform = at + "/node_modules/@anthropic-ai/claude-code-linux-x64";
    home.text(
        at + "/package.json",
        """
        {
          "name": "@anthropic-ai/claude-code",
          "version": "2.1.197",
          "bin": {"claude": "bin/claude.exe"},
          "engines": {"node": ">=18.0.0"},
          "optionalDependencies": {"@anthropic-ai/claude-code-linux-x64": "2.1.197"}
        }
        """);
    home.script(at + "/install.cjs", "// A stand-in of the demo.\n");
    home.text(
        platform + "/package.json",
        """
        {
          "name": "@anthropic-ai/claude-code-linux-x64",
          "version": "2.1.197",
          "os": ["linux"],
          "cpu": ["x64"]
        }
        """);
    home.program(platform + "/claude");
    home.hardLink(at + "/bin/claude.exe", platform + "/claude");
    home.link(
        prefix + "/bin/claude", "../lib/node_modules/@anthropic-ai/claude-code/bin/claude.exe");
    home.program(prefix + "/bin/node");
    return new Laid("npm package 2.1.197", List.of(at, prefix + "/bin/claude"));
  }

  /// The vendor's own installer: a program named after its version, and a link to it.
  static Laid installer(Disk home) throws IOException {
    var at = ".local/share/claude/versions/2.1.188";
    home.program(at);
    home.link(".local/bin/claude", "../share/claude/versions/2.1.188");
    return new Laid("vendor's installer 2.1.188", List.of(at, ".local/bin/claude"));
  }

  /// The extension of Visual Studio Code, which brings the program along.
  static Laid extension(Disk home) throws IOException {
    var at = ".vscode/extensions/anthropic.claude-code-2.1.188-linux-x64";
    home.text(
        at + "/package.json",
        """
        {
          "name": "claude-code",
          "publisher": "Anthropic",
          "version": "2.1.188",
          "engines": {"vscode": "^1.94.0"},
          "main": "./extension.js"
        }
        """);
    home.text(at + "/extension.js", "// A stand-in of the demo.\n");
    home.program(at + "/resources/native-binary/claude");
    return new Laid("VS Code extension 2.1.188", List.of(at));
  }
}
