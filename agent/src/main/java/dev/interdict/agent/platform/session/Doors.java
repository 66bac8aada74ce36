package dev.interdict.agent.platform.session;

import dev.interdict.policy.RuleId;
import java.net.URI;

/// Opens pages on the person's desktop. Seam. What does not open is nobody's failure to note: the
/// person sees that nothing came.
public interface Doors {
  /// Opens a page in the person's browser.
  ///
  /// @param https an address with that scheme
  void web(URI https);

  /// Opens the page that this computer serves to the person, at what it says of `rule`.
  void page(RuleId rule);
}
