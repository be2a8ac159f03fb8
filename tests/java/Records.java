import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Date;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.tsp.ers.ERSByteData;
import org.bouncycastle.tsp.ers.ERSEvidenceRecord;

/** Says whether BouncyCastle finds the file under the evidence record (RFC 4998), and which stamp is last. */
public class Records {
    public static void main(String[] given) throws Exception {
        byte[] data = Files.readAllBytes(Path.of(given[0]));
        byte[] der = Files.readAllBytes(Path.of(given[1]));
        var digests = new JcaDigestCalculatorProviderBuilder().build();
        var record = new ERSEvidenceRecord(der, digests);
        X509CertificateHolder signer = record.getSigningCertificate();
        record.validate(new JcaSimpleSignerInfoVerifierBuilder().build(signer));
        try {
            record.validatePresent(new ERSByteData(data), new Date());
            System.out.println("present");
        } catch (Exception error) {
            System.out.println("absent " + error.getMessage());
        }
    }
}
