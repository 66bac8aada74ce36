package dev.interdict.server.events;

import dev.interdict.json.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// The one vocabulary of what other systems are told. The words never change their meaning.
public enum EventKind {
  RULE_SUBMITTED("A rule was submitted for review", "规则已提交审核", 3),
  RULE_APPROVED("A rule was approved", "规则已批准", 3),
  POLICY_PUBLISHED("A blocklist was published", "禁用清单已发布", 5),
  POLICY_PAUSED("Rules are paused", "有规则被暂停", 6),
  POLICY_RESUMED("No rule is paused any more", "不再有规则被暂停", 5),
  POLICY_WITHDRAWN("A rule was withdrawn", "规则已撤回", 5),
  RING_BREAKER_TRIPPED("The circuit breaker holds a rule", "熔断器暂停了一条规则", 8),
  FINDING_OPENED("Banned software was found", "发现禁用软件", 5),
  FINDING_CLEARED("Banned software is gone", "禁用软件已不存在", 2),
  FINDING_REAPPEARED("Banned software came back", "禁用软件再次出现", 6),
  REMOVAL_SUCCEEDED("Banned software was removed", "禁用软件已移除", 3),
  REMOVAL_FAILED("Banned software could not be removed", "禁用软件无法移除", 6),
  LAUNCH_BLOCKED("A launch of banned software was blocked", "已阻止启动禁用软件", 4),
  EXEMPTION_REQUESTED("An exemption was requested", "有人申请豁免", 3),
  EXEMPTION_GRANTED("An exemption was granted", "豁免已批准", 5),
  EXEMPTION_REFUSED("An exemption was refused", "豁免已拒绝", 3),
  EXEMPTION_ENDING("An exemption ends soon", "豁免即将到期", 4),
  EXEMPTION_ENDED("An exemption ended", "豁免已结束", 3),
  DEVICE_ENROLLED("A workstation enrolled", "工作站已注册", 2),
  DEVICE_SILENT("A workstation is silent", "工作站失去联系", 5),
  DEVICE_RETURNED("A silent workstation is back", "工作站恢复联系", 2),
  DEVICE_UNENROLLED("A workstation was unenrolled", "工作站已注销", 7),
  ACCOUNT_BREAK_GLASS("The break-glass account was switched on or used", "应急账户被启用或使用", 9),
  KEY_ROTATED("A key was replaced", "密钥已更换", 5),
  AUDIT_HEAD("The head of the audit log", "审计日志的最新记录", 1),
  /// Never stored: what a test of a webhook sends.
  TEST("A test", "测试", 1),
  /// Never stored: how one reads that a newer server of the same database wrote. It goes to others
  /// under its own word, [Event#type].
  OTHER("Something that a newer server knows happened", "发生了较新版本服务器才能识别的事件", 5);

  private final String caption;
  private final String chinese;
  private final int severity;

  EventKind(String caption, String chinese, int severity) {
    this.caption = caption;
    this.chinese = chinese;
    this.severity = severity;
  }

  /// The word, such as `removal.failed`: the first underscore of the name is the dot.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }

  /// One short sentence without a full stop.
  public String caption() {
    return caption;
  }

  /// The same in the language of `locale`: Simplified Chinese, or else English.
  public String caption(Locale locale) {
    return locale.getLanguage().equals("zh") ? chinese : caption;
  }

  /// From 0 to 10, as CEF counts.
  public int severity() {
    return severity;
  }

  /// Those that are stored.
  public static List<EventKind> stored() {
    return Arrays.stream(values()).filter(kind -> kind != TEST && kind != OTHER).toList();
  }

  /// The kind of a word that a server wrote, which may be a newer one.
  static EventKind read(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findAny().orElse(OTHER);
  }

  /// The kinds of words that a server wrote, which may be a newer one.
  public static Set<EventKind> read(Collection<String> words) {
    return words.stream().map(EventKind::read).collect(Collectors.toUnmodifiableSet());
  }

  /// The kind of a word.
  ///
  /// @throws IllegalArgumentException if it is none
  public static EventKind ofWord(String word) {
    for (var kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    var near = Nearest.of(word, Arrays.stream(values()).map(EventKind::word).toList());
    throw new IllegalArgumentException(
        "\""
            + word
            + "\" is no kind of event"
            + (near == null ? "" : ", did you mean " + near + "?"));
  }
}
