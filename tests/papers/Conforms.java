import java.io.FileInputStream;
import java.util.Map;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF about files: a line for each and each flavour, then a line for what does not hold. */
public class Conforms {
  private static final String[] FLAVOURS = {"2a", "ua1"};

  public static void main(String[] files) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (String file : files) {
      for (String flavour : FLAVOURS) {
        ask(file, PDFAFlavour.fromString(flavour), flavour);
      }
    }
  }

  private static void ask(String file, PDFAFlavour flavour, String name) throws Exception {
    try (FileInputStream data = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(data, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      String held = result.isCompliant() ? "holds" : "fails";
      System.out.println(held + "\t" + name + "\t" + result.getTotalAssertions() + "\t" + file);
      Map<String, Integer> broken = new TreeMap<>();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() != TestAssertion.Status.PASSED) {
          String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
          broken.merge(rule + " " + one.getMessage(), 1, Integer::sum);
        }
      }
      broken.forEach((rule, times) -> System.out.println("broken\t" + times + "\t" + rule));
    }
  }
}
