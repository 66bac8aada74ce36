package dev.interdict.agent.sources.residue;

import dev.interdict.agent.sources.reading.Places;
import dev.interdict.policy.Residue;
import java.util.List;

/// Data, settings and caches that tools keep in a home, by place. It proves that a tool was used
/// once, or another that reads the same files, and no installation. Never a part of anything: it is
/// the user's. Nothing in it is read.
final class UserData {
  /// Where the editors made from VS Code keep the data of each extension, and whose data matters.
  private static final List<String> EDITORS =
      List.of("Code", "Code - Insiders", "VSCodium", "Cursor", "Windsurf", "Qoder", "Trae", "Kiro");

  private static final List<String> EXTENSIONS =
      List.of(
          "anthropic.claude-code",
          "saoudrizwan.claude-dev",
          "rooveterinaryinc.roo-cline",
          "kilocode.kilo-code",
          "continue.continue",
          "openai.chatgpt",
          "github.copilot-chat");

  /// @param names patterns of files or folders in it
  private record Folder(String path, List<String> names) {}

  private static final List<Folder> FOLDERS =
      List.of(
          new Folder(
              "",
              List.of(
                  ".claude",
                  ".claude.json",
                  ".codex",
                  ".gemini",
                  ".cursor",
                  ".aider*",
                  ".windsurf",
                  ".codeium",
                  ".copilot",
                  ".kiro",
                  ".trae",
                  ".trae-cn",
                  ".antigravity*",
                  ".continue",
                  ".cline",
                  ".qoder*")),
          new Folder(
              ".config",
              List.of("Claude", "opencode", "amp", "goose", "Cursor", "Windsurf", "Kiro", "Trae")),
          new Folder(".local/share", List.of("opencode", "amp", "goose")),
          new Folder(".local/state", List.of("claude", "opencode")),
          new Folder(".cache", List.of("claude", "claude-cli-nodejs", "opencode")),
          new Folder(
              "Library/Application Support",
              List.of("Claude", "Cursor", "Windsurf", "Kiro", "Trae", "com.openai.codex")),
          new Folder("Library/Caches", List.of("claude-cli-nodejs")),
          new Folder("AppData/Roaming", List.of("Claude", "Cursor", "Windsurf", "Kiro", "Trae")),
          new Folder("AppData/Local", List.of("Claude-3p", "claude-cli-nodejs")));

  private UserData() {}

  static void look(Remains remains) {
    var places = remains.places();
    FOLDERS.forEach(folder -> look(remains, folder));
    for (var data : List.of(".config", "Library/Application Support", "AppData/Roaming")) {
      if (!places.find(places.within(), data).isEmpty()) {
        for (var editor : EDITORS) {
          look(remains, new Folder(data + "/" + editor + "/User/globalStorage", EXTENSIONS));
        }
      }
    }
    look(remains, new Folder(".vscode-server/data/User/globalStorage", EXTENSIONS));
  }

  private static void look(Remains remains, Folder folder) {
    var places = remains.places();
    for (var found : places.find(places.within(), folder.path())) {
      for (var entry : places.list(found)) {
        var path = found.resolve(entry.name());
        var name = path.nameText();
        var known = folder.names().stream().anyMatch(n -> Places.matches(n, entry.name()));
        if (known && Remains.plain(name)) {
          var prefix = folder.path().isEmpty() ? "" : folder.path() + "/";
          remains.tell(Residue.DATA, prefix + name, path);
        }
      }
    }
  }
}
