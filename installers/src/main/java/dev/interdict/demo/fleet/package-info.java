/// A simulated company: thousands of devices with real keys that enrol and send real signed reports
/// over HTTP, and live the weeks around a ban in minutes.
///
/// In: a seed, the rule and its dates, enrolment tokens. Out: requests to the device listener.
///
/// The same seed is the same company to the last byte of its reports. Nothing here may be mistaken
/// for an agent: keys come from the seed and are worth nothing outside a demo.
@NullMarked
package dev.interdict.demo.fleet;

import org.jspecify.annotations.NullMarked;
