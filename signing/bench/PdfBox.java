import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.util.Calendar;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.SignatureInterface;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Signs one file again and again, invisibly, with PDFBox, BouncyCastle and Java's own PKCS#11. */
public final class PdfBox {
  private final Provider token;
  private final PrivateKey key;
  private final X509Certificate certificate;
  private final String algorithm;

  private PdfBox(String configuration, char[] pin, String algorithm) throws Exception {
    token = Security.getProvider("SunPKCS11").configure(configuration);
    KeyStore store = KeyStore.getInstance("PKCS11", token);
    store.load(null, pin);
    String alias = store.aliases().nextElement();
    key = (PrivateKey) store.getKey(alias, pin);
    certificate = (X509Certificate) store.getCertificate(alias);
    this.algorithm = algorithm;
  }

  private byte[] signed(byte[] file) throws IOException {
    try (PDDocument document = PDDocument.load(file)) {
      PDSignature signature = new PDSignature();
      signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
      signature.setSubFilter(PDSignature.SUBFILTER_ETSI_CADES_DETACHED);
      signature.setSignDate(Calendar.getInstance());
      document.addSignature(signature, (SignatureInterface) this::cms);
      ByteArrayOutputStream out = new ByteArrayOutputStream(2 * file.length);
      document.saveIncremental(out);
      return out.toByteArray();
    }
  }

  private byte[] cms(InputStream content) throws IOException {
    try {
      ContentSigner signer = new JcaContentSignerBuilder(algorithm).setProvider(token).build(key);
      CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
      generator.addSignerInfoGenerator(
          new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
              .build(signer, certificate));
      generator.addCertificates(new JcaCertStore(List.of(certificate)));
      return generator.generate(new Content(content.readAllBytes()), false).getEncoded();
    } catch (CMSException | OperatorCreationException | GeneralSecurityException error) {
      throw new IOException(error);
    }
  }

  /** The bytes outside the signature's room. */
  private record Content(byte[] bytes) implements CMSTypedData {
    @Override
    public ASN1ObjectIdentifier getContentType() {
      return new ASN1ObjectIdentifier("1.2.840.113549.1.7.1");
    }

    @Override
    public void write(java.io.OutputStream out) throws IOException {
      out.write(bytes);
    }

    @Override
    public Object getContent() {
      return bytes;
    }
  }

  private byte[] many(byte[] file, int count, int threads) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<byte[]>> done =
          IntStream.range(0, count).mapToObj(one -> pool.submit(() -> signed(file))).toList();
      byte[] last = file;
      for (Future<byte[]> one : done) {
        last = one.get();
      }
      return last;
    } finally {
      pool.shutdown();
    }
  }

  /** Arguments: provider's configuration, PIN, file, result, count, threads, algorithm. */
  public static void main(String[] given) throws Exception {
    PdfBox signer = new PdfBox(given[0], given[1].toCharArray(), given[6]);
    byte[] file = Files.readAllBytes(Path.of(given[2]));
    int count = Integer.parseInt(given[4]);
    int threads = Integer.parseInt(given[5]);
    signer.many(file, Math.max(count / 2, 50), threads);
    long start = System.nanoTime();
    byte[] last = signer.many(file, count, threads);
    double seconds = (System.nanoTime() - start) / 1e9;
    Files.write(Path.of(given[3]), last);
    System.out.println("{\"rate\": " + count / seconds + "}");
    System.exit(0);
  }
}
