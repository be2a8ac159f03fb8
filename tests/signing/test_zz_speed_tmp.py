
import time, pytest
from tests.signing.test_batches import _sign, _seal, desk, pytestmark, signing_desk, results
def test_speed(desk):
    n=40
    t=time.perf_counter(); c=time.process_time(); items=[signing_desk.on_tray(i) for i in range(1,n+1)]
    a=time.perf_counter(); ca=time.process_time(); _sign(*items)
    b=time.perf_counter(); cb=time.process_time(); _seal(*items)
    d=time.perf_counter(); cd=time.process_time(); [results.verify(i.dossier_id) for i in items]
    e=time.perf_counter(); ce=time.process_time()
    print(); print("ms each: receive+submit %.1f sign %.1f seal %.1f verify %.1f | cpu %.1f %.1f %.1f %.1f"%tuple(x/n*1000 for x in (a-t,b-a,d-b,e-d,ca-c,cb-ca,cd-cb,ce-cd)))
