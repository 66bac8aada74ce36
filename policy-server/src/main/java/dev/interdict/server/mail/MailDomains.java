package dev.interdict.server.mail;

import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.util.List;
import java.util.Locale;

/// To which domains mails may go, so that nobody at the console sends the company's figures
/// elsewhere, by a slip or not. Immutable, thread-safe.
///
/// @param names in lower case; with each its subdomains; all there are where this is empty
public record MailDomains(List<String> names) {
  /// No bounds.
  public static final MailDomains ALL = new MailDomains(List.of());

  public MailDomains {
    names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  /// Whether mails to that address may leave.
  public boolean hold(String address) {
    var domain = address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    return names.isEmpty()
        || names.stream().anyMatch(name -> domain.equals(name) || domain.endsWith("." + name));
  }

  /// The text, which is an address to which mails may leave.
  ///
  /// @throws IllegalArgumentException if it is none
  public String checked(String address) {
    if (!hold(MailAddress.checked(address))) {
      throw new SentenceException(outside(address));
    }
    return address;
  }

  /// Why nothing leaves to an address that these do not hold.
  Sentence outside(String address) {
    return Sentence.of(
        "mail.outside",
        "mails to \"%s\" do not leave: mail.domains in server.yaml has only %s",
        address,
        String.join(", ", names));
  }
}
