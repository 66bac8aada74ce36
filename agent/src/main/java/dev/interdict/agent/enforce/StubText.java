package dev.interdict.agent.enforce;

import dev.interdict.identity.Printable;
import dev.interdict.policy.Localized;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Tool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a stub says, in both languages, as a program that prints it and ends with 126 ("cannot be
/// executed"). It calls nothing: printing and ending are the shell's own.
///
/// Rules are signed, and their texts are data all the same: whatever is no visible character is
/// left out, and what the shell would read as its own is quoted. Pure.
public record StubText(String rule, Tool tool, Localized ask) {
  private static final int LONGEST_TEXT = 400;
  private static final String FOR_BATCH = "^&|<>\"!";
  private static final String WIDE = "＾＆｜＜＞＂！";

  /// What a rule leaves, or null where it leaves nothing.
  public static @Nullable StubText of(Rule rule) {
    var stub = rule.stub();
    return stub == null ? null : new StubText(rule.id().value(), rule.tool(), stub.ask());
  }

  private List<String> lines() {
    var replacement = tool.replacement();
    return List.of(
        "%s (%s) was removed from this computer."
            .formatted(plain(tool.name()), plain(tool.publisher())),
        "By whose decision: your company's list of high-risk software, rule " + plain(rule) + ".",
        "Why: " + plain(tool.reason().en()),
        "Use instead: %s, %s".formatted(plain(replacement.name()), plain(replacement.url())),
        "Whom to ask: " + plain(ask.en()),
        "",
        "%s（%s）已从本机移除。".formatted(plain(tool.name()), plain(tool.publisher())),
        "决定依据：公司高风险软件清单，规则 %s。".formatted(plain(rule)),
        "原因：" + plain(tool.reason().zhCn()),
        "请改用：%s，%s".formatted(plain(replacement.name()), plain(replacement.url())),
        "咨询：" + plain(ask.zhCn()));
  }

  /// For a POSIX shell.
  public byte[] shell() {
    var lines = new ArrayList<>(List.of("#!/bin/sh"));
    lines().forEach(line -> lines.add("printf '%s\\n' '" + line.replace("'", "'\\''") + "' >&2"));
    lines.add("exit 126");
    return bytes(lines, "\n");
  }

  /// For the command interpreter of Windows, in UTF-8. What it would read as its own is not escaped
  /// but replaced: where it reads the file in a code page of two bytes, the last byte of a Chinese
  /// character swallows the escape that follows it.
  public byte[] batch() {
    var lines = new ArrayList<>(List.of("@echo off", "setlocal DisableDelayedExpansion"));
    lines().forEach(line -> lines.add(">&2 echo(" + forBatch(line)));
    lines.add("exit /b 126");
    return bytes(lines, "\r\n");
  }

  private static String forBatch(String line) {
    var out = new StringBuilder();
    line.chars()
        .forEach(c -> {
          var at = FOR_BATCH.indexOf(c);
          out.append(at < 0 ? (char) c : WIDE.charAt(at));
        });
    // A question mark after a slash asks for help, and no code page has a percent sign within.
    return out.toString().replace("/?", "/ ?").replace("%", "%%");
  }

  private static byte[] bytes(List<String> lines, String end) {
    return (String.join(end, lines) + end).getBytes(StandardCharsets.UTF_8);
  }

  /// The visible characters of a text, on one line.
  private static String plain(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .map(c -> Printable.isSafe(c) ? c : ' ')
        .limit(LONGEST_TEXT)
        .forEach(out::appendCodePoint);
    return out.toString().strip().replaceAll(" +", " ");
  }
}
