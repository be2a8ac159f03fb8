import java.io.File;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.Security;
import java.util.Arrays;
import java.util.Collection;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Selector;

/** PDFBox finds the signatures of each PDF, BouncyCastle verifies them: one line per signature. */
public class Verify {
    public static void main(String[] files) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        for (String name : files) {
            byte[] data = Files.readAllBytes(new File(name).toPath());
            try (PDDocument document = PDDocument.load(data)) {
                for (PDSignature signature : document.getSignatureDictionaries()) {
                    System.out.println(name + " " + verified(signature, data));
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static boolean verified(PDSignature signature, byte[] data) throws Exception {
        byte[] covered = signature.getSignedContent(data);
        if ("ETSI.RFC3161".equals(signature.getSubFilter())) {
            return stamped(new TimeStampToken(new CMSSignedData(signature.getContents(data))), covered);
        }
        CMSProcessableByteArray content = new CMSProcessableByteArray(covered);
        CMSSignedData cms = new CMSSignedData(content, signature.getContents(data));
        SignerInformation signer = cms.getSignerInfos().getSigners().iterator().next();
        Collection<X509CertificateHolder> found =
            cms.getCertificates().getMatches((Selector<X509CertificateHolder>) signer.getSID());
        X509CertificateHolder certificate = found.iterator().next();
        return signer.verify(
            new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate));
    }

    @SuppressWarnings("unchecked")
    private static boolean stamped(TimeStampToken token, byte[] covered) throws Exception {
        X509CertificateHolder certificate = (X509CertificateHolder)
            token.getCertificates().getMatches(token.getSID()).iterator().next();
        token.validate(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(certificate));
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(covered);
        return Arrays.equals(digest, token.getTimeStampInfo().getMessageImprintDigest());
    }
}
