package dev.interdict.demo.workstation;

import java.io.IOException;

/// What a search for "claude" would hit, and what nobody has banned.
final class Lookalikes {
  private Lookalikes() {}

  /// Packages of other publishers, beside the banned one.
  static void packages(Disk home) throws IOException {
    var modules = ".npm-global/lib/node_modules/";
    npm(
        home,
        modules + "@musistudio/claude-code-router",
        "@musistudio/claude-code-router",
        "2.0.0");
    npm(home, modules + "claude-code-proxy", "claude-code-proxy", "1.0.3");
    npm(home, modules + "claude-cmd", "claude-cmd", "1.1.0");
    npm(home, modules + "@qoder-ai/qodercli", "@qoder-ai/qodercli", "1.1.52");
    npm(home, modules + "opencode-ai", "opencode-ai", "1.2.0");
    home.program(modules + "opencode-ai/bin/opencode.exe");
    home.link(".npm-global/bin/ccr", "../lib/node_modules/@musistudio/claude-code-router/cli.js");
  }

  /// The approved replacement, whose own texts name the banned tool's models.
  static void replacement(Disk home) throws IOException {
    home.program(".qoder/bin/qodercli/qodercli");
    home.link(".local/bin/qodercli", "../../.qoder/bin/qodercli/qodercli");
    home.text(".qoder/models.json", "[\"auto\", \"claude-opus-4\", \"claude-sonnet-4\"]\n");
  }

  /// The user's settings, conversations and credentials: theirs, whatever becomes of the tool.
  static void data(Disk home) throws IOException {
    home.text(".claude.json", "{\"installMethod\": \"native\", \"numStartups\": 214}\n");
    home.text(".claude/settings.json", "{\"theme\": \"dark\"}\n");
    home.text(".claude/.credentials.json", "{\"note\": \"a stand-in of the demo\"}\n");
    home.text(".claude/projects/-home-lin-shop/6f1e.jsonl", "{\"type\": \"user\"}\n");
    home.text("shop/CLAUDE.md", "# Conventions\nUse tabs.\n");
    home.text("shop/.claude/settings.local.json", "{}\n");
    npm(home, "shop/node_modules/@anthropic-ai/sdk", "@anthropic-ai/sdk", "0.65.0");
    home.text("shop/notes/opus.md", "Opus, sonnet and fable are words.\n");
  }

  /// A script of the user's own that happens to be called claude.
  static void ownScript(Disk home) throws IOException {
    home.script("bin/claude", "#!/bin/sh\n# Greets my cat Claude.\nread -r _\n");
    home.text("bin/claude-todo.txt", "buy food for Claude\n");
  }

  /// Another publisher's extension, beside the banned one in the editor's own list.
  static void extension(Disk home) throws IOException {
    var root = ".vscode/extensions/";
    home.text(
        root + "saoudrizwan.claude-dev-3.17.8/package.json",
        """
        {"name": "claude-dev", "publisher": "saoudrizwan", "version": "3.17.8"}
        """);
    home.text(root + "saoudrizwan.claude-dev-3.17.8/extension.js", "// A stand-in of the demo.\n");
    home.text(
        root + "extensions.json",
        """
        [
          {"identifier": {"id": "saoudrizwan.claude-dev"}, "version": "3.17.8",
           "relativeLocation": "saoudrizwan.claude-dev-3.17.8"},
          {"identifier": {"id": "anthropic.claude-code"}, "version": "2.1.188",
           "relativeLocation": "anthropic.claude-code-2.1.188-linux-x64"}
        ]
        """);
  }

  private static void npm(Disk home, String at, String name, String version) throws IOException {
    home.text(
        at + "/package.json",
        "{\"name\": \"%s\", \"version\": \"%s\", \"bin\": \"cli.js\"}%n".formatted(name, version));
    home.script(at + "/cli.js", "#!/usr/bin/env node\n// A stand-in of the demo.\n");
  }
}
